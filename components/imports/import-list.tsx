"use client";

import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { TimeAgo } from "@/components/ui/instant";
import { LinkButton } from "@/components/ui/link-button";
import { NameCell } from "@/components/ui/name-cell";
import { Num } from "@/components/ui/num";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { type GlyphState, StateLabel } from "@/components/ui/state-glyph";
import type { Import } from "@/lib/customers/contract";
import { importListQuery } from "@/lib/customers/queries";
import styles from "./imports.module.css";

export function ImportList() {
  const imports = useQuery(importListQuery());
  const start = (
    <LinkButton href="/settings/imports/new" variant="filled">
      Import customers
    </LinkButton>
  );
  return (
    <>
      <div className={styles.bar}>{start}</div>
      <ServerTable
        label="Imports"
        columns={columns}
        rows={imports.data?.items}
        idOf={(run) => run.id}
        hrefOf={hrefOf}
        fetching={imports.isFetching}
        error={imports.error}
        onRetry={() => imports.refetch()}
        empty={
          <EmptyState title="Nothing was imported yet">
            Customers come from a CSV, TSV, NDJSON or Parquet file. You say what each column is before anything is read.
          </EmptyState>
        }
      />
    </>
  );
}

function hrefOf(run: Import): string {
  return `/settings/imports/new?import=${run.id}`;
}

const glyphs = {
  running: { state: "scheduled", word: "running" },
  succeeded: { state: "passed", word: "done" },
  failed: { state: "failed", word: "failed" },
  cancelled: { state: "never", word: "cancelled" },
} as const satisfies Record<Import["state"], { state: GlyphState; word: string }>;

const columns: readonly ServerColumn<Import>[] = [
  {
    key: "file",
    title: "File",
    render: (run) => <NameCell name={run.fileName} sub={run.format} href={hrefOf(run)} />,
  },
  {
    key: "state",
    title: "State",
    width: 130,
    render: (run) => <StateLabel state={glyphs[run.state].state}>{glyphs[run.state].word}</StateLabel>,
  },
  { key: "accepted", title: "Accepted", width: 110, align: "right", render: (run) => <Num value={run.accepted} /> },
  { key: "updated", title: "Updated", width: 110, align: "right", render: (run) => <Num value={run.updated} /> },
  { key: "rejected", title: "Rejected", width: 110, align: "right", render: (run) => <Num value={run.rejected} /> },
  { key: "by", title: "By", width: 160, render: (run) => run.createdBy.name },
  { key: "when", title: "When", width: 130, align: "right", render: (run) => <TimeAgo at={run.createdAt} /> },
];
