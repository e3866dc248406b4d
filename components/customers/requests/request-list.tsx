"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { NameCell } from "@/components/ui/name-cell";
import { PageHeader } from "@/components/ui/page-header";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { requestListQuery } from "@/lib/customers/queries";
import type { DataRequestItem } from "@/lib/customers/request-contract";
import { NewRequestDialog } from "./new-request-dialog";
import { kindWords, RequestState } from "./request-state";

/** What people asked of their data: what is longest due first. */
export function RequestList() {
  const requests = useQuery(requestListQuery());
  const mayWrite = useCan("customer.write");
  const [opened, dialog] = useDisclosure(false);
  const open = (
    <Button variant="filled" onClick={dialog.open}>
      Open a request
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Requests"
        subtitle="To see what is kept, or to have it erased. Each is due 30 days after it was received."
        actions={mayWrite && open}
      />
      <ServerTable
        label="Requests"
        columns={columns}
        rows={requests.data?.items}
        idOf={(request) => request.id}
        hrefOf={hrefOf}
        fetching={requests.isFetching}
        error={requests.error}
        onRetry={() => requests.refetch()}
        empty={
          <EmptyState title="Nobody has asked yet">
            A request is opened when a person asks what is kept of them, or asks for it to be erased.
          </EmptyState>
        }
      />
      <NewRequestDialog opened={opened} onClose={dialog.close} />
    </>
  );
}

function hrefOf({ id }: DataRequestItem): string {
  return `/customers/requests/${id}`;
}

const columns: readonly ServerColumn<DataRequestItem>[] = [
  {
    key: "request",
    title: "Request",
    render: (request) => (
      <NameCell
        name={`${kindWords[request.kind]} #${request.number}`}
        sub={request.customer ?? "erased"}
        href={hrefOf(request)}
      />
    ),
  },
  { key: "state", title: "State", width: 140, render: (request) => <RequestState request={request} /> },
  { key: "received", title: "Received", width: 130, render: (request) => <Instant at={request.receivedAt} /> },
  { key: "due", title: "Due", width: 130, render: (request) => <Instant at={request.dueAt} /> },
  { key: "by", title: "Opened by", width: 160, render: (request) => request.createdBy },
];
