"use client";

import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { parseAsInteger, parseAsStringLiteral, useQueryState } from "nuqs";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import type { Change } from "@/lib/changes/contract";
import { changeListQuery } from "@/lib/changes/queries";
import { ChangeCard } from "./change-card";
import styles from "./changes.module.css";
import settings from "./settings.module.css";

const views = ["open", "decided"] as const;

/** What waits for a second person, and what became of what did. */
export function ChangesSettings() {
  const changes = useQuery({ ...changeListQuery("all"), refetchInterval: 30_000 });
  const [number, setNumber] = useQueryState("change", parseAsInteger);
  const [chosen, setView] = useQueryState("view", parseAsStringLiteral(views));
  const items = changes.data?.items;
  const named = items?.find((each) => each.number === number);
  const view = chosen ?? (named && named.state !== "open" ? "decided" : "open");
  const open = items?.filter(({ state }) => state === "open") ?? [];
  return (
    <>
      <div className={settings.bar}>
        <span className={settings.said}>
          Policies, roles, environments, the end of a freeze and the catalogue change when a second person applies it.
        </span>
        <SegmentedControl
          aria-label="Which changes"
          value={view}
          onChange={(next) => {
            void setNumber(null);
            void setView(next === "decided" ? "decided" : "open");
          }}
          data={[
            { value: "open", label: `Waiting ${open.length}` },
            { value: "decided", label: "Decided" },
          ]}
        />
      </div>
      {items ? (
        <ChangeItems
          items={view === "open" ? open : items.filter(({ state }) => state !== "open")}
          view={view}
          named={number}
        />
      ) : changes.isError ? (
        <ErrorState
          title="The changes could not be read"
          error={changes.error}
          onRetry={() => void changes.refetch()}
        />
      ) : (
        <TableSkeleton rows={4} rowHeight={96} />
      )}
    </>
  );
}

type ChangeItemsProps = {
  readonly items: readonly Change[];
  readonly view: (typeof views)[number];
  /** The one that the address names. */
  readonly named: number | null;
};

function ChangeItems({ items, view, named }: ChangeItemsProps) {
  if (items.length === 0) {
    return view === "open" ? (
      <EmptyState title="No change waits">
        Propose one where it belongs: at a policy, a person, an environment or in the catalogue.
      </EmptyState>
    ) : (
      <EmptyState title="No change was decided on yet">
        What two people changed stands here, with both names.
      </EmptyState>
    );
  }
  const first = items.find(({ possible }) => possible.apply.allowed);
  return (
    <ol className={styles.changes} aria-label={view === "open" ? "Waiting changes" : "Decided changes"}>
      {items.map((change) => (
        <li key={change.id}>
          <ChangeCard change={change} isFirst={change === first} isNamed={change.number === named} />
        </li>
      ))}
    </ol>
  );
}
