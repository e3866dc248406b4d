"use client";

import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useCan } from "@/components/layout/viewer";
import { AddDialog } from "@/components/ui/add-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { TimeAgo } from "@/components/ui/instant";
import { Mono } from "@/components/ui/mono";
import { NameCell } from "@/components/ui/name-cell";
import { Num } from "@/components/ui/num";
import { PageHeader } from "@/components/ui/page-header";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import type { ListOverview } from "@/lib/lists/contract";
import { listListQuery } from "@/lib/lists/queries";
import { AddListForm } from "./add-list-form";
import { CustomerCount } from "./customer-count";
import styles from "./lists.module.css";

/** Lists of customers that rules refer to. */
export function ManagedLists() {
  const lists = useQuery(listListQuery());
  const mayWrite = useCan("segment.write");
  const [search, setSearch] = useQueryState("q", parseAsString.withDefault("").withOptions({ clearOnDefault: true }));
  const words = search.toLowerCase().trim();
  const rows = lists.data?.items.filter((list) => searchText(list).includes(words));
  const adding = <AddDialog title="Add a list">{(close) => <AddListForm onClose={close} />}</AddDialog>;
  const isEmpty = lists.data?.items.length === 0;
  return (
    <>
      <PageHeader
        title="Lists"
        subtitle="Customers named one by one. A rule refers to a list; whoever keeps the list need not touch the rule."
        actions={mayWrite && !isEmpty && adding}
      />
      {!isEmpty && (
        <div className={styles.bar}>
          <TextInput
            aria-label="Search lists"
            placeholder="Name, key or what it is for"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            w={280}
          />
        </div>
      )}
      <ServerTable
        label="Lists"
        columns={columns}
        rows={rows}
        idOf={(list) => list.key}
        hrefOf={hrefOf}
        fetching={lists.isFetching}
        error={lists.error}
        onRetry={() => lists.refetch()}
        empty={
          words ? (
            <EmptyState title="No list matches">Try a part of its name.</EmptyState>
          ) : (
            <EmptyState title="There is no list yet" {...(mayWrite ? { action: adding } : {})}>
              Press contacts, design partners, staff: add a list, upload customer ids, and refer to it in a rule.
            </EmptyState>
          )
        }
      />
    </>
  );
}

function hrefOf(list: ListOverview): string {
  return `/lists/${list.key}`;
}

function searchText({ key, name, description }: ListOverview): string {
  return `${key} ${name} ${description}`.toLowerCase();
}

const columns: readonly ServerColumn<ListOverview>[] = [
  {
    key: "name",
    title: "List",
    width: 250,
    render: (list) => <NameCell name={list.name} sub={list.key} href={hrefOf(list)} />,
  },
  {
    key: "description",
    title: "Who belongs on it",
    render: ({ description }) => description || <span className={styles.dim}>—</span>,
  },
  {
    key: "size",
    title: "Customers",
    width: 100,
    align: "right",
    render: ({ version, size }) => (version === 0 ? "—" : <CustomerCount value={size} />),
  },
  {
    key: "version",
    title: "Version",
    width: 76,
    align: "right",
    render: ({ version }) => (version === 0 ? "—" : <Mono>v{version}</Mono>),
  },
  {
    key: "expiring",
    title: "Expiring",
    width: 84,
    align: "right",
    render: ({ expiringSoon }) =>
      expiringSoon === 0 ? (
        "—"
      ) : (
        <span title="within 30 days">
          <Num value={expiringSoon} />
        </span>
      ),
  },
  { key: "updated", title: "Last upload", width: 150, render: (list) => <LastUpload list={list} /> },
  { key: "segments", title: "Segments", width: 84, align: "right", render: (list) => <Num value={list.segments} /> },
];

function LastUpload({ list: { version, updatedAt, uploadedBy } }: { readonly list: ListOverview }) {
  if (version === 0) return <span className={styles.dim}>never</span>;
  return (
    <>
      {uploadedBy?.name}{" "}
      <span className={styles.dim}>
        · <TimeAgo at={updatedAt} />
      </span>
    </>
  );
}
