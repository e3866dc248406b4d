"use client";

import { useQuery } from "@tanstack/react-query";
import { useCan, useViewer } from "@/components/layout/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { changeListQuery } from "@/lib/changes/queries";
import { consumerListQuery } from "@/lib/feed/queries";
import { openBreakGlassQuery, planListQuery, scheduleListQuery, segmentListQuery } from "@/lib/releases/queries";
import { myDraftsQuery, reviewQueueQuery } from "@/lib/versions/queries";
import { consumerRow } from "./consumer-rows";
import { consumersInTrouble } from "./consumers-in-trouble";
import { FirstSteps } from "./first-steps";
import { breakGlassRow, heldRow, scheduleRow } from "./release-rows";
import styles from "./waiting.module.css";
import { WaitingGroup } from "./waiting-group";
import { changeRow, draftRow, reviewDueRow, reviewRow, submittedRow } from "./waiting-rows";

const shownOfEach = 6;

/** What waits for the one who looks: reviews first, then what they began, then what comes due. */
export function WaitingList() {
  const viewer = useViewer();
  const reviews = useQuery(reviewQueueQuery("me"));
  const underReview = useQuery(reviewQueueQuery("all"));
  const drafts = useQuery(myDraftsQuery());
  const due = useQuery(segmentListQuery({ state: "review_due", mine: true, sort: "reviewDue", pageSize: shownOfEach }));
  const broken = useQuery(openBreakGlassQuery());
  const plans = useQuery(planListQuery());
  const schedules = useQuery(scheduleListQuery());
  const changes = useQuery(changeListQuery("me"));
  const consumers = useQuery({ ...consumerListQuery(), refetchInterval: 10_000 });
  const parts = [reviews, underReview, drafts, due, changes, broken, plans, schedules, consumers];
  const failed = parts.find((part) => part.isError && part.data === undefined);
  const mine = underReview.data?.items.filter(({ version }) => version.author.id === viewer.id) ?? [];
  const toClose = broken.data?.items.filter(({ possible }) => possible.allowed) ?? [];
  const mayRelease = useCan("version.release");
  const held = plans.data?.items.filter(({ state }) => mayRelease && state === "held") ?? [];
  const pending =
    schedules.data?.items.filter(({ state, createdBy }) => state === "pending" && createdBy.id === viewer.id) ?? [];
  const mayMend = useCan("consumer.write");
  const troubled = consumersInTrouble(
    consumers.data?.items.filter(({ team }) => mayMend || (team !== null && team === viewer.team)) ?? [],
  );
  const lists = [mine, toClose, held, pending, troubled];
  const totals = [
    ...[reviews, drafts, due, changes].map(({ data }) => data?.total),
    ...lists.map(({ length }) => length),
  ];
  const waiting = totals.reduce<number>((sum, total) => sum + (total ?? 0), 0);

  if (failed) {
    const retry = () => {
      for (const part of parts) if (part.isError) void part.refetch();
    };
    return (
      <div className={styles.frame}>
        <ErrorState title="What waits for you could not be read" error={failed.error} onRetry={retry} />
      </div>
    );
  }
  if (waiting === 0)
    return (
      <div className={styles.frame}>
        {parts.some((part) => part.isPending) ? <TableSkeleton rowHeight={51} /> : <NothingWaits />}
      </div>
    );
  return (
    <div className={styles.frame}>
      <WaitingGroup
        title="Released without approvals"
        total={toClose.length}
        ageTitle="Left"
        rows={toClose.slice(0, shownOfEach).map(breakGlassRow)}
      />
      <WaitingGroup
        title="Held rollouts"
        total={held.length}
        ageTitle="Begun"
        rows={held.slice(0, shownOfEach).map(heldRow)}
        more={{ href: "/releases", label: "All rollouts" }}
      />
      <WaitingGroup
        title="Consumers behind"
        total={troubled.length}
        ageTitle="For"
        rows={troubled.slice(0, shownOfEach).map(consumerRow)}
        more={{ href: "/consumers", label: "All consumers" }}
      />
      <WaitingGroup
        title="Reviews"
        total={reviews.data?.total ?? 0}
        effectTitle="Enter, leave"
        ageTitle="Waiting"
        rows={(reviews.data?.items ?? []).slice(0, shownOfEach).map(reviewRow)}
        more={{ href: "/reviews", label: "All reviews" }}
      />
      <WaitingGroup
        title="Changes"
        total={changes.data?.total ?? 0}
        ageTitle="Waiting"
        rows={(changes.data?.items ?? []).slice(0, shownOfEach).map(changeRow)}
        more={{ href: "/settings/changes", label: "All changes" }}
      />
      <WaitingGroup
        title="Your drafts"
        total={drafts.data?.total ?? 0}
        ageTitle="Edited"
        rows={(drafts.data?.items ?? []).slice(0, shownOfEach).map(draftRow)}
        more={{ href: "/segments?state=draft&mine=true", label: "All your drafts" }}
      />
      <WaitingGroup
        title="Yours, under review"
        total={mine.length}
        effectTitle="Enter, leave"
        ageTitle="Submitted"
        rows={mine.slice(0, shownOfEach).map(submittedRow)}
        more={{ href: "/reviews", label: "All reviews" }}
      />
      <WaitingGroup
        title="You scheduled"
        total={pending.length}
        ageTitle="In"
        rows={pending.slice(0, shownOfEach).map(scheduleRow)}
        more={{ href: "/releases", label: "All schedules" }}
      />
      <WaitingGroup
        title="Review due"
        total={due.data?.total ?? 0}
        ageTitle="Due"
        rows={(due.data?.items ?? []).map(reviewDueRow)}
        more={{ href: "/segments?state=review_due&mine=true", label: "All that are due" }}
      />
    </div>
  );
}

function NothingWaits() {
  const looksUp = useCan("customer.read");
  const canWrite = useCan("segment.write");
  const segments = useQuery(segmentListQuery({ pageSize: 1 })).data;
  if (segments?.total === 0)
    return (
      <EmptyState title="Start here" action={<FirstSteps />}>
        There is no segment yet. What rules speak of comes first.
      </EmptyState>
    );
  return (
    <EmptyState
      title="Nothing waits for you"
      action={
        looksUp && !canWrite ? (
          <LinkButton href="/customers">Find a customer</LinkButton>
        ) : (
          <LinkButton href="/segments">Look through the segments</LinkButton>
        )
      }
    >
      Reviews you can give, your drafts and segments whose review is due would stand here.
    </EmptyState>
  );
}
