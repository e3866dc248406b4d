"use client";

import { Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { TimeAgo } from "@/components/ui/instant";
import { TextLink } from "@/components/ui/link-button";
import { Mono } from "@/components/ui/mono";
import { formatCount, formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import type { ConsumerItem } from "@/lib/feed/contract";
import { consumerListQuery } from "@/lib/feed/queries";
import type { Environment } from "@/lib/releases/contract";
import { environmentListQuery } from "@/lib/releases/queries";
import { type FeedState, feedStateOf } from "./feed-state";
import styles from "./home.module.css";

/** What each environment serves, and whether those who pull it have it. */
export function FeedPanel() {
  const environments = useQuery({ ...environmentListQuery(), refetchInterval: 10_000 });
  const consumers = useQuery({ ...consumerListQuery(), refetchInterval: 10_000 });
  return (
    <Section title="Feed" variant="framed" flush aside={<TextLink href="/consumers">Consumers</TextLink>}>
      {environments.data ? (
        <FeedTable environments={environments.data.items} consumers={consumers.data?.items ?? null} />
      ) : environments.isError ? (
        <ErrorState
          title="The feed's state could not be read"
          error={environments.error}
          onRetry={() => void environments.refetch()}
        />
      ) : (
        <TableSkeleton rows={5} rowHeight={32} />
      )}
    </Section>
  );
}

type FeedTableProps = {
  readonly environments: readonly Environment[];
  readonly consumers: readonly ConsumerItem[] | null;
};

function FeedTable({ environments, consumers }: FeedTableProps) {
  const columns = environments
    .toReversed()
    .map((environment) => ({ environment, state: consumers && feedStateOf(environment.key, consumers) }));
  const rows: readonly { label: string; cell: (column: (typeof columns)[number]) => ReactNode }[] = [
    { label: "Revision", cell: ({ environment }) => <Mono>r{formatNumber(environment.revision)}</Mono> },
    { label: "Newest change", cell: ({ environment }) => <TimeAgo at={environment.changedAt} none="none yet" /> },
    { label: "Live segments", cell: ({ environment }) => formatNumber(environment.liveSegments) },
    { label: "Keys up to date", cell: ({ state }) => <Current state={state} /> },
    { label: "Last pull", cell: ({ state }) => <TimeAgo at={state?.lastPulledAt} none="not yet" /> },
  ];
  return (
    <Table className={styles.feed}>
      <Table.Thead>
        <Table.Tr>
          <Table.Td />
          {columns.map(({ environment }) => (
            <Table.Th key={environment.key}>{environment.key}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.label}>
            <Table.Th scope="row">{row.label}</Table.Th>
            {columns.map((column) => (
              <Table.Td key={column.environment.key}>{row.cell(column)}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Current({ state }: { readonly state: FeedState | null }) {
  if (!state) return <>—</>;
  if (state.keys === 0) return <span className={styles.dim}>no key yet</span>;
  if (state.used === 0) return <span className={styles.dim}>{formatCount(state.keys, "key")}, unused</span>;
  return (
    <>
      <span className={state.current < state.used ? styles.warning : undefined}>{formatNumber(state.current)}</span> of{" "}
      {formatNumber(state.used)}
    </>
  );
}
