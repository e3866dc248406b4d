"use client";

import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { TabLabel } from "@/components/ui/tab-label";
import type { listStates, SegmentListQuery } from "@/lib/segments/list-query";

type ListState = (typeof listStates)[number];

const tabs = [
  { state: "live", label: "Live" },
  { state: "in_review", label: "In review" },
  { state: "draft", label: "Drafts" },
  { state: "review_due", label: "Review due" },
  { state: "killed", label: "Emptied" },
  { state: "never", label: "Never released" },
  { state: "deprecated", label: "Deprecated" },
  { state: "archived", label: "Archived" },
] as const satisfies { state: ListState; label: string }[];
const onlyWhereThereAre: ReadonlySet<ListState> = new Set(["killed", "never", "deprecated", "archived"]);

type SegmentTabsProps = {
  readonly state: SegmentListQuery["state"];
  readonly counts: Readonly<Record<string, number>> | undefined;
  readonly onState: (state: ListState | null) => void;
  readonly children: ReactNode;
};

/** Where segments stand, each with how many there are under the other filters. */
export function SegmentTabs({ state, counts, onState, children }: SegmentTabsProps) {
  const shown = tabs.filter((tab) => tab.state === state || !onlyWhereThereAre.has(tab.state) || counts?.[tab.state]);
  return (
    <Tabs
      value={state ?? "all"}
      onChange={(value) => onState(tabs.find((tab) => tab.state === value)?.state ?? null)}
      keepMounted={false}
    >
      <Tabs.List aria-label="Where segments stand">
        <Tabs.Tab value="all">
          <TabLabel count={counts && allOf(counts)}>All</TabLabel>
        </Tabs.Tab>
        {shown.map((tab) => (
          <Tabs.Tab key={tab.state} value={tab.state}>
            <TabLabel count={counts?.[tab.state]}>{tab.label}</TabLabel>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={state ?? "all"}>{children}</Tabs.Panel>
    </Tabs>
  );
}

/** Every segment is archived, or live, emptied or never released. */
function allOf(counts: Readonly<Record<string, number>>): number {
  return ["archived", "live", "killed", "never"].reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}
