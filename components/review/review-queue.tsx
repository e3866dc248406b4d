"use client";

import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { EmptyState } from "@/components/ui/empty-state";
import { TimeAgo } from "@/components/ui/instant";
import { NameCell } from "@/components/ui/name-cell";
import { Num } from "@/components/ui/num";
import { PageHeader } from "@/components/ui/page-header";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { StateLabel } from "@/components/ui/state-glyph";
import { Tag } from "@/components/ui/tag";
import { glyphOfVersion, wordsOfVersion } from "@/components/ui/version-state";
import type { ReviewItem } from "@/lib/versions/contract";
import { reviewQueueQuery } from "@/lib/versions/queries";

export function ReviewQueue() {
  const [waiting, setWaiting] = useQueryState("waiting", parseAsStringLiteral(["me", "all"]).withDefault("me"));
  const queue = useQuery(reviewQueueQuery(waiting));
  return (
    <>
      <PageHeader
        title="Reviews"
        subtitle="Changes that wait for a verdict or, once approved, for a release."
        actions={
          <SegmentedControl
            aria-label="Which reviews"
            value={waiting}
            onChange={(value) => setWaiting(value === "me" ? "me" : "all")}
            data={[
              { value: "me", label: "For me" },
              { value: "all", label: "All" },
            ]}
          />
        }
      />
      <ServerTable
        label="Reviews"
        columns={waiting === "me" ? columnsOf(false) : columnsOf(true)}
        rows={queue.data?.items}
        total={queue.data?.total ?? 0}
        idOf={(item) => item.version.id}
        hrefOf={hrefOf}
        fetching={queue.isFetching}
        error={queue.error}
        onRetry={() => queue.refetch()}
        empty={
          <EmptyState title={waiting === "me" ? "Nothing waits for you" : "Nothing is under review"}>
            {waiting === "me"
              ? "Changes that others wait on are under All."
              : "A draft comes here when its author submits it."}
          </EmptyState>
        }
      />
    </>
  );
}

function hrefOf(item: ReviewItem): string {
  return `/reviews/${item.version.id}`;
}

/** Among all reviews, those that wait for the one who looks are marked. */
const columnsOf = (marked: boolean): readonly ServerColumn<ReviewItem>[] => [
  {
    key: "segment",
    title: "Segment",
    width: 260,
    render: (item) => (
      <NameCell
        name={item.segment.name}
        href={hrefOf(item)}
        sub={`${item.segment.key} v${item.version.number}`}
        aside={marked && item.waitsForMe ? <Tag tone="new">you can</Tag> : undefined}
      />
    ),
  },
  {
    key: "state",
    title: "State",
    width: 150,
    render: (item) => (
      <StateLabel state={glyphOfVersion[item.version.state]}>{wordsOfVersion[item.version.state]}</StateLabel>
    ),
  },
  { key: "note", title: "What changes, and why", render: (item) => item.version.note || "—" },
  { key: "author", title: "Author", width: 130, render: (item) => item.version.author.name },
  {
    key: "approvals",
    title: "Approvals",
    width: 84,
    align: "right",
    render: (item) => `${item.approvals.given} of ${item.approvals.required}`,
  },
  {
    key: "entering",
    title: "Enter",
    width: 76,
    align: "right",
    render: (item) => <Num signed value={item.entering} />,
  },
  {
    key: "leaving",
    title: "Leave",
    width: 70,
    align: "right",
    render: (item) => <Num signed value={item.leaving === null ? null : -item.leaving} />,
  },
  {
    key: "waiting",
    title: "Waiting",
    width: 72,
    align: "right",
    render: (item) => <TimeAgo bare at={item.version.submittedAt} none="—" />,
  },
];
