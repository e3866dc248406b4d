import type { Names } from "@/components/layout/use-names";
import { TimeAgo } from "@/components/ui/instant";
import { formatDay } from "@/components/ui/instant-format";
import { NameCell } from "@/components/ui/name-cell";
import { Num } from "@/components/ui/num";
import type { ServerColumn } from "@/components/ui/server-table";
import { Sparkline } from "@/components/ui/sparkline";
import { StateLabel } from "@/components/ui/state-glyph";
import { TagList } from "@/components/ui/tag";
import { glyphOfVersion } from "@/components/ui/version-state";
import type { SegmentListItem } from "@/lib/releases/overview-contract";
import { reviewUrgency, trendChange } from "@/lib/segments/review-urgency";
import styles from "./segments.module.css";
import { StandingLabel } from "./standing-label";

export type ListEnvironment = { readonly key: string; readonly name: string };

/** `nowMs` decides which review dates need someone; a screen that is not `wide` does without the lines, a `roomy` one names more purposes. */
export function segmentColumns(
  environments: readonly ListEnvironment[],
  names: Names,
  { nowMs, wide, roomy }: { readonly nowMs: number; readonly wide: boolean; readonly roomy: boolean },
): readonly ServerColumn<SegmentListItem>[] {
  return [
    { key: "name", title: "Segment", sortable: true, render: (segment) => <SegmentName segment={segment} /> },
    ...environments.map((environment) => ({
      key: `in ${environment.key}`,
      title: environment.name,
      width: environment.key === "production" ? 112 : 92,
      render: (segment: SegmentListItem) => (
        <StandingLabel standing={segment.standings.find((standing) => standing.environment === environment.key)} />
      ),
    })),
    {
      key: "members",
      title: "Members",
      sortable: true,
      align: "right",
      width: 94,
      render: ({ members }) => <Num value={members} />,
    },
    { key: "trend", title: "30 days", width: 98, hidden: !wide, render: ({ trend }) => <Sparkline values={trend} /> },
    {
      key: "change",
      title: "Change",
      align: "right",
      width: 80,
      hidden: !wide,
      render: ({ trend }) => <Change trend={trend} />,
    },
    {
      key: "owner",
      title: "Owner",
      width: roomy ? 180 : 128,
      render: ({ ownerTeam }) =>
        ownerTeam === null ? <span className={styles.bad}>nobody</span> : (names.teams.get(ownerTeam) ?? ownerTeam),
    },
    {
      key: "purposes",
      title: "Purposes",
      width: roomy ? 300 : 140,
      render: ({ purposes }) =>
        purposes.length === 0 ? (
          <span className={styles.bad}>none set</span>
        ) : (
          <span className={styles.oneLine}>
            <TagList tags={purposes.map((purpose) => names.purposes.get(purpose) ?? purpose)} max={roomy ? 2 : 1} />
          </span>
        ),
    },
    {
      key: "lastPulled",
      title: "Last pulled",
      sortable: true,
      align: "right",
      width: 88,
      render: ({ lastPulledAt }) => (
        <span className={styles.dim}>
          <TimeAgo at={lastPulledAt} none="—" />
        </span>
      ),
    },
    {
      key: "reviewDue",
      title: "Review due",
      sortable: true,
      align: "right",
      width: 104,
      render: ({ reviewDueAt }) => <ReviewDue at={reviewDueAt} nowMs={nowMs} />,
    },
  ];
}

function SegmentName({ segment }: { readonly segment: SegmentListItem }) {
  const { open } = segment;
  return (
    <NameCell
      name={segment.name}
      sub={segment.key}
      href={`/segments/${segment.key}`}
      aside={
        open && (
          <span className={styles.open}>
            <StateLabel state={glyphOfVersion[open.state]} size={12}>
              v{open.number}
            </StateLabel>
          </span>
        )
      }
    />
  );
}

function Change({ trend }: { readonly trend: readonly number[] }) {
  const change = trendChange(trend);
  return change === null ? null : (
    <span className={styles.dim}>
      <Num value={change} format="share" signed />
    </span>
  );
}

function ReviewDue({ at, nowMs }: { readonly at: string | null; readonly nowMs: number }) {
  if (at === null) return <span className={styles.dim}>—</span>;
  return (
    <span data-urgency={reviewUrgency(at, nowMs)} className={styles.due}>
      {formatDay(at)}
    </span>
  );
}
