"use client";

import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { AddDialog } from "@/components/ui/add-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { NameCell } from "@/components/ui/name-cell";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { TagList } from "@/components/ui/tag";
import type { WebhookItem } from "@/lib/notices/contract";
import { webhooksQuery } from "@/lib/notices/queries";
import { CreateWebhookForm } from "./create-webhook-form";
import styles from "./settings.module.css";
import { WebhookActions } from "./webhook-actions";
import { DeliveryCounts } from "./webhook-deliveries";

/** Endpoints outside that are told what happens. */
export function WebhooksSettings() {
  const webhooks = useQuery(webhooksQuery());
  const mayWrite = useCan("webhook.write");
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.said}>Endpoints are told what happens, signed. Customers' data is never sent.</span>
        {mayWrite && <AddDialog title="Add a webhook">{(close) => <CreateWebhookForm onClose={close} />}</AddDialog>}
      </div>
      <ServerTable
        label="Webhooks"
        columns={columnsOf(mayWrite)}
        rows={webhooks.data?.items}
        idOf={(webhook) => webhook.id}
        rowHeight={34}
        error={webhooks.error}
        onRetry={() => webhooks.refetch()}
        empty={<EmptyState title="No webhook yet">Chat, tickets and pipelines can follow releases by one.</EmptyState>}
      />
    </>
  );
}

const columnsOf = (mayWrite: boolean): readonly ServerColumn<WebhookItem>[] => [
  {
    key: "url",
    title: "Endpoint",
    render: (webhook) => <NameCell name={webhook.url} />,
  },
  { key: "description", title: "What listens there", render: (webhook) => webhook.description || "—" },
  {
    key: "events",
    title: "Events",
    width: 180,
    render: ({ events }) => (events.length === 0 ? "all" : <TagList tags={events} max={1} />),
  },
  {
    key: "deliveries",
    title: "Deliveries, 30 days",
    width: 200,
    render: ({ deliveries }) => <DeliveryCounts deliveries={deliveries} />,
  },
  {
    key: "actions",
    title: "",
    width: 250,
    align: "right",
    render: (webhook) => <WebhookActions webhook={webhook} mayWrite={mayWrite} />,
  },
];
