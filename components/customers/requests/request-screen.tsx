"use client";

import { Button, Group, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorLine, ErrorState } from "@/components/ui/error-state";
import { Facts } from "@/components/ui/facts";
import { Instant } from "@/components/ui/instant";
import { HashText, Mono } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { settleRequest } from "@/lib/customers/mutations";
import { requestQuery } from "@/lib/customers/queries";
import type { DataRequestItem } from "@/lib/customers/request-contract";
import { ErasureProofTable } from "./erasure-proof";
import { kindWords, RequestState } from "./request-state";

/** One request: whose, until when, and what came of it. */
export function RequestScreen({ id }: { readonly id: string }) {
  const found = useQuery(requestQuery(id));
  if (found.isPending) return <TableSkeleton rows={6} rowHeight={36} />;
  if (found.isError) return <ErrorState error={found.error} onRetry={() => found.refetch()} />;
  const { request } = found.data;
  return (
    <>
      <PageHeader
        title={`${kindWords[request.kind]} #${request.number}`}
        actions={request.kind === "access" && request.state === "open" && <AccessActions request={request} />}
      />
      <Stack gap="lg">
        <Facts facts={factsOf(request)} />
        {request.kind === "erasure" && (
          <Section title="Proof">
            {request.proof ? (
              <ErasureProofTable proof={request.proof} />
            ) : (
              <p>The erasure begins within a minute. This page follows it.</p>
            )}
          </Section>
        )}
      </Stack>
    </>
  );
}

function factsOf(request: DataRequestItem) {
  return [
    { key: "state", label: "State", value: <RequestState request={request} /> },
    {
      key: "customer",
      label: "Customer",
      value: request.customer === null ? <HashText hash={request.customerHash} /> : <Mono>{request.customer}</Mono>,
    },
    { key: "received", label: "Received", value: <Instant at={request.receivedAt} /> },
    { key: "due", label: "Due", value: <Instant at={request.dueAt} /> },
    { key: "opened", label: "Opened by", value: request.createdBy },
    ...(request.settledAt
      ? [
          {
            key: "settled",
            label: request.state === "refused" ? "Refused" : "Done",
            value: (
              <>
                <Instant at={request.settledAt} format="full" /> {request.settledBy && `by ${request.settledBy}`}
              </>
            ),
          },
        ]
      : []),
    ...(request.note === "" ? [] : [{ key: "note", label: "Note", value: request.note }]),
  ];
}

function AccessActions({ request }: { readonly request: DataRequestItem }) {
  const settle = useMutation(settleRequest);
  const [refusing, dialog] = useDisclosure(false);
  return (
    <Group gap="sm">
      <ErrorLine error={settle.error} />
      <Button onClick={dialog.open}>Refuse</Button>
      <Button
        component="a"
        href={`/api/v1/data-requests/${request.id}/document`}
        download={`customer-data-${request.number}.json`}
      >
        Download the document
      </Button>
      <Button
        variant="filled"
        loading={settle.isPending}
        onClick={() => settle.mutate({ id: request.id, state: "done" })}
      >
        It was answered
      </Button>
      <ConfirmDialog
        opened={refusing}
        onClose={dialog.close}
        title="Refuse this request?"
        confirm="Refuse it"
        reason="Why"
        pending={settle.isPending}
        error={settle.error}
        onConfirm={(note) => settle.mutate({ id: request.id, state: "refused", note }, { onSuccess: dialog.close })}
      >
        The person has to be told why, and whom they can complain to.
      </ConfirmDialog>
    </Group>
  );
}
