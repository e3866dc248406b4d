"use client";

import { Anchor, Button, Progress, Table } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Facts } from "@/components/ui/facts";
import { LinkButton } from "@/components/ui/link-button";
import { Num } from "@/components/ui/num";
import { formatCount, formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import type { Import } from "@/lib/customers/contract";
import { cancelImport } from "@/lib/customers/mutations";
import { importQuery } from "@/lib/customers/queries";
import styles from "./imports.module.css";

const pollEveryMs = 500;

/** A running import as it goes; a finished one with what came of it. */
export function ImportProgress({ id }: { readonly id: string }) {
  const run = useQuery({
    ...importQuery(id),
    refetchInterval: (query) => (query.state.data?.import.state === "running" ? pollEveryMs : false),
  });
  const cancel = useMutation(cancelImport);
  if (run.isError) return <ErrorState error={run.error} onRetry={() => run.refetch()} />;
  if (!run.data) return <TableSkeleton rows={4} />;
  const current = run.data.import;
  if (current.state === "running") {
    return (
      <div className={styles.stack}>
        <Progress value={100} animated aria-label="Import" />
        <div role="status">
          {current.fileName}: {formatCount(current.rows, "row")} read
        </div>
        <div>
          <Button loading={cancel.isPending} onClick={() => cancel.mutate({ id })}>
            Cancel
          </Button>
        </div>
      </div>
    );
  }
  return <ImportResult run={current} />;
}

function ImportResult({ run }: { readonly run: Import }) {
  if (run.state === "cancelled") {
    return <EmptyState title="The import was cancelled">Nothing was changed.</EmptyState>;
  }
  return (
    <div className={styles.stack}>
      {run.state === "failed" && (
        <EmptyState title="The import failed and changed nothing">{run.error ?? "No reason was kept."}</EmptyState>
      )}
      <Section title={run.fileName} count={run.format}>
        <Facts
          labelWidth={180}
          facts={[
            { key: "accepted", label: "Accepted", value: <Num value={run.accepted} /> },
            { key: "updated", label: "Of them known before", value: <Num value={run.updated} /> },
            { key: "rejected", label: "Rejected", value: <Num value={run.rejected} /> },
          ]}
        />
      </Section>
      {run.rejected > 0 && <Rejects run={run} />}
      <div className={styles.foot}>
        <LinkButton href="/segments">To the segments</LinkButton>
      </div>
    </div>
  );
}

function Rejects({ run }: { readonly run: Import }) {
  return (
    <Section
      title="Rejects"
      count={
        run.rejects.length < run.rejected
          ? `the first ${formatNumber(run.rejects.length)} of ${formatNumber(run.rejected)}`
          : formatNumber(run.rejected)
      }
      aside={
        <Anchor href={`/api/v1/imports/${run.id}/rejects`} fz="inherit">
          Download all as CSV
        </Anchor>
      }
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right" w={88}>
              Line
            </Table.Th>
            <Table.Th>Why</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {run.rejects.map((reject) => (
            <Table.Tr key={`${reject.line} ${reject.code}`}>
              <Table.Td ta="right">
                <Num value={reject.line} />
              </Table.Td>
              <Table.Td>{reject.message}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
