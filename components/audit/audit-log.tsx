"use client";

import { Button, Drawer, UnstyledButton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { When } from "@/components/ui/instant";
import { HashText } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import type { AuditEntryItem } from "@/lib/audit/contract";
import { auditQuery } from "@/lib/audit/queries";
import { actionInWords, throughInWords } from "./action-words";
import styles from "./audit.module.css";
import { AuditEntry } from "./audit-entry";
import { AuditExport } from "./audit-export";
import { AuditFilters } from "./audit-filters";
import { ChainCheck } from "./chain-check";

const pageSize = 50;

/** Who did what, newest first; the address holds the filter and the place. */
export function AuditLog() {
  const [filter, setFilter] = useQueryStates({
    subject: parseAsString,
    actor: parseAsString,
    action: parseAsString,
    before: parseAsInteger,
  });
  const [opened, setOpened] = useState<AuditEntryItem | null>(null);
  const wanted = {
    subject: filter.subject ?? undefined,
    actor: filter.actor ?? undefined,
    action: filter.action ?? undefined,
  };
  const entries = useQuery({
    ...auditQuery({ ...wanted, limit: pageSize, before: filter.before ?? undefined }),
    placeholderData: keepPreviousData,
  });
  const last = entries.data?.items.at(-1);
  return (
    <>
      <PageHeader
        title="Audit"
        subtitle="Every change, refusal and look at a customer, chained so that nothing can be cut out unseen."
        actions={
          <>
            <ChainCheck />
            <AuditExport filter={wanted} />
          </>
        }
      />
      <AuditFilters filter={filter} onFilter={(next) => setFilter({ ...next, before: null })} />
      <ServerTable
        label="Audit entries"
        columns={columnsOf(setOpened)}
        rows={entries.data?.items}
        idOf={(entry) => String(entry.sequence)}
        rowHeight={34}
        fetching={entries.isFetching}
        error={entries.error}
        onRetry={() => entries.refetch()}
        onOpen={setOpened}
        empty={<EmptyState title="No entry matches">Clear a filter to see more.</EmptyState>}
      />
      <nav aria-label="Older and newer entries" style={{ display: "flex", gap: 8, paddingBlock: 12 }}>
        <Button disabled={filter.before === null} onClick={() => setFilter({ before: null })}>
          Newest
        </Button>
        <Button
          disabled={!last || (entries.data?.items.length ?? 0) < pageSize}
          onClick={() => last && setFilter({ before: last.sequence })}
        >
          Older
        </Button>
      </nav>
      <Drawer
        opened={opened !== null}
        onClose={() => setOpened(null)}
        position="right"
        size={560}
        title={opened ? `Entry ${opened.sequence}` : ""}
      >
        {opened && <AuditEntry entry={opened} />}
      </Drawer>
    </>
  );
}

function columnsOf(onOpen: (entry: AuditEntryItem) => void): readonly ServerColumn<AuditEntryItem>[] {
  return [
    { key: "sequence", title: "No.", width: 72, align: "right", render: (entry) => entry.sequence },
    { key: "at", title: "When", width: 76, render: (entry) => <When at={entry.at} /> },
    { key: "actor", title: "Who", width: 160, render: (entry) => entry.actor.name },
    { key: "via", title: "Through", width: 100, render: (entry) => throughInWords(entry.via) },
    {
      key: "action",
      title: "Did",
      width: 190,
      render: (entry) => (
        <UnstyledButton data-row-link fz="inherit" fw={550} onClick={() => onOpen(entry)}>
          {actionInWords(entry)}
        </UnstyledButton>
      ),
    },
    {
      key: "subject",
      title: "On",
      render: ({ subject }) => (
        <span className={styles.subject} title={subject.name || subject.id}>
          <span className={styles.type}>{subject.type}</span> {subject.name || subject.id}
        </span>
      ),
    },
    { key: "hash", title: "Hash", width: 120, align: "right", render: (entry) => <HashText hash={entry.hash} /> },
  ];
}
