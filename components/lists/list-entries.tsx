"use client";

import { Anchor, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useCan } from "@/components/layout/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { TextLink } from "@/components/ui/link-button";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import type { ListEntry, ListItem } from "@/lib/lists/contract";
import { listEntriesQuery, listExportUrl } from "@/lib/lists/queries";
import { CustomerCount } from "./customer-count";
import styles from "./lists.module.css";

/** Who is on the newest version; for people who may look customers up. */
export function ListEntries({ list }: { readonly list: ListItem }) {
  const mayLook = useCan("customer.read");
  if (list.version === 0)
    return (
      <Section title="Customers">
        <EmptyState title="Nobody is on this list yet">
          Upload customer ids, one to a line, or a CSV with the columns id and expires_at.
        </EmptyState>
      </Section>
    );
  if (!mayLook)
    return (
      <Section title="Customers" count={<CustomerCount value={list.size} />}>
        <p className={styles.dim}>
          Who is on it is shown to people who may look customers up: support, privacy and administrators.
        </p>
      </Section>
    );
  return <EntryTable list={list} />;
}

function EntryTable({ list }: { readonly list: ListItem }) {
  const [query, setQuery] = useState("");
  const [{ page, pageSize }, setPlace] = useState({ page: 1, pageSize: 25 });
  const [settled] = useDebouncedValue(query.trim(), 200);
  const entries = useQuery(listEntriesQuery(list.key, { version: list.version, query: settled, page, pageSize }));
  return (
    <Section
      title="Customers"
      count={formatNumber(list.size)}
      aside={
        <Anchor href={listExportUrl(list.key, list.version)} fz="inherit" download>
          Download v{list.version} as CSV
        </Anchor>
      }
    >
      <div className={styles.bar}>
        <TextInput
          aria-label="Customer id on the list"
          placeholder="How the id begins"
          leftSection={<IconSearch size={16} stroke={1.6} />}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setPlace({ page: 1, pageSize });
          }}
          w={280}
        />
      </div>
      <ServerTable
        label="Customers on the list"
        columns={columns}
        rows={entries.data?.items}
        idOf={(entry) => entry.customerId}
        rowHeight={34}
        total={entries.data?.total ?? 0}
        page={page}
        pageSize={pageSize}
        onPage={(next) => setPlace({ page: next, pageSize })}
        onPageSize={(size) => setPlace({ page: 1, pageSize: size })}
        fetching={entries.isFetching}
        error={entries.error}
        onRetry={() => entries.refetch()}
        empty={
          <EmptyState title={settled === "" ? "Nobody is on this list" : "No id on the list begins so"}>
            {settled === "" ? "Its newest version is empty." : "Ids are compared letter by letter."}
          </EmptyState>
        }
      />
    </Section>
  );
}

const columns: readonly ServerColumn<ListEntry>[] = [
  {
    key: "customer",
    title: "Customer",
    render: ({ customerId }) => (
      <TextLink href={`/customers/${encodeURIComponent(customerId)}`} c="inherit">
        <Mono>{customerId}</Mono>
      </TextLink>
    ),
  },
  {
    key: "expires",
    title: "Until",
    width: 200,
    align: "right",
    render: ({ expiresAt }) => (expiresAt === null ? "for good" : <Instant at={expiresAt} format="full" />),
  },
];
