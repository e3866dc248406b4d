"use client";

import { Button, Group, Stack, Table } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorLine, ErrorState } from "@/components/ui/error-state";
import { When } from "@/components/ui/instant";
import { KeyText } from "@/components/ui/mono";
import { formatCount, formatNumber } from "@/components/ui/number-format";
import { PlainTable } from "@/components/ui/plain-table";
import { type GlyphState, StateLabel } from "@/components/ui/state-glyph";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import type { DeliveryState, WebhookDeliveryItem, WebhookItem } from "@/lib/notices/contract";
import { resendDelivery } from "@/lib/notices/mutations";
import { webhookDeliveriesQuery } from "@/lib/notices/queries";
import styles from "./settings.module.css";

const glyphs = { pending: "scheduled", delivered: "passed", failed: "failed" } satisfies Record<
  DeliveryState,
  GlyphState
>;
const words = { pending: "on its way", delivered: "delivered", failed: "given up" } satisfies Record<
  DeliveryState,
  string
>;

/** How many deliveries there were, and those that want a look. */
export function DeliveryCounts({ deliveries }: Pick<WebhookItem, "deliveries">) {
  const { pending, delivered, failed } = deliveries;
  if (pending + delivered + failed === 0) return <span className={styles.dim}>none</span>;
  return (
    <Group gap="sm" wrap="nowrap">
      <span>{formatNumber(delivered)} delivered</span>
      {pending > 0 && <StateLabel state="scheduled">{formatNumber(pending)}</StateLabel>}
      {failed > 0 && <StateLabel state="failed">{formatNumber(failed)}</StateLabel>}
    </Group>
  );
}

type WebhookDeliveriesProps = { readonly webhookId: string; readonly maySend: boolean };

/** What one endpoint was told, newest first. */
export function WebhookDeliveries({ webhookId, maySend }: WebhookDeliveriesProps) {
  const deliveries = useQuery(webhookDeliveriesQuery(webhookId));
  const { data, error } = deliveries;
  if (error && !data) return <ErrorState error={error} onRetry={() => void deliveries.refetch()} />;
  if (!data) return <TableSkeleton rowHeight={34} rows={5} />;
  if (data.total === 0) return <EmptyState title="Nothing yet">A test shows whether it listens.</EmptyState>;
  return (
    <Stack gap="sm">
      <PlainTable
        minWidth={560}
        columns={[{ title: "Event" }, { title: "State" }, { title: "When", align: "right" }, { title: "" }]}
      >
        {data.items.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} maySend={maySend} />
        ))}
      </PlainTable>
      {data.total > data.items.length && (
        <span className={styles.dim}>
          The newest {formatNumber(data.items.length)} of {formatNumber(data.total)}.
        </span>
      )}
    </Stack>
  );
}

type DeliveryRowProps = { readonly delivery: WebhookDeliveryItem; readonly maySend: boolean };

function DeliveryRow({ delivery, maySend }: DeliveryRowProps) {
  const { id, event, state, tries, nextAt, lastAnswer, createdAt } = delivery;
  const resend = useMutation(resendDelivery);
  return (
    <Table.Tr>
      <Table.Td>
        {event}
        <br />
        <KeyText>{id}</KeyText>
      </Table.Td>
      <Table.Td>
        <StateLabel state={glyphs[state]}>{words[state]}</StateLabel>
        <div className={styles.dim}>
          {[lastAnswer, tries > 1 && formatCount(tries, "try", "tries")].filter(Boolean).join(" · ")}
          {nextAt !== null && tries > 0 && (
            <>
              , again <When at={nextAt} />
            </>
          )}
        </div>
      </Table.Td>
      <Table.Td ta="right">
        <When at={createdAt} />
      </Table.Td>
      <Table.Td ta="right">
        {maySend && state !== "pending" && (
          <Button size="compact-sm" variant="subtle" loading={resend.isPending} onClick={() => resend.mutate({ id })}>
            Send again
          </Button>
        )}
        <ErrorLine error={resend.error} />
      </Table.Td>
    </Table.Tr>
  );
}
