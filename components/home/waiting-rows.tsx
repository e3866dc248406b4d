import { FindingIcon, FindingSummary } from "@/components/ui/finding-list";
import { Instant, TimeAgo } from "@/components/ui/instant";
import { formatCount, formatNumber } from "@/components/ui/number-format";
import { StateGlyph } from "@/components/ui/state-glyph";
import { changeKinds } from "@/lib/changes/change-kinds";
import type { Change } from "@/lib/changes/contract";
import type { SegmentListItem } from "@/lib/releases/overview-contract";
import type { DraftItem, ReviewItem } from "@/lib/versions/contract";
import styles from "./waiting.module.css";
import type { WaitingRow } from "./waiting-group";

function effectOf({ entering, leaving }: ReviewItem): Pick<WaitingRow, "effect"> {
  if (entering === null || leaving === null) return {};
  return { effect: [formatNumber(entering, { signed: true }), formatNumber(-leaving, { signed: true })] };
}

function reviewText({ version, approvals }: ReviewItem): string {
  const said = version.note || `By ${version.author.name}`;
  return approvals.required > 1 ? `${said} · approval ${approvals.given + 1} of ${approvals.required}` : said;
}

export function reviewRow(item: ReviewItem, index: number): WaitingRow {
  const { version, segment } = item;
  return {
    key: version.id,
    mark: <StateGlyph state="in-review" />,
    name: segment.name,
    about: `v${version.number}`,
    text: reviewText(item),
    ...effectOf(item),
    age: <TimeAgo at={version.submittedAt} bare />,
    href: `/reviews/${version.id}`,
    action: version.reviewCycle > 1 ? "Review again" : "Review",
    first: index === 0,
  };
}

/** What somebody else proposed, and this one may apply. */
export function changeRow({ id, number, kind, subject, author, reason, createdAt }: Change): WaitingRow {
  return {
    key: id,
    mark: <StateGlyph state="in-review" />,
    name: `${changeKinds[kind].noun} ${subject.name}`,
    about: `change ${number}`,
    text: `${author.name}: ${reason}`,
    age: <TimeAgo at={createdAt} bare />,
    href: `/settings/changes?change=${number}`,
    action: "Decide",
  };
}

export function submittedRow(item: ReviewItem): WaitingRow {
  const { given, required } = item.approvals;
  return {
    ...reviewRow(item, -1),
    text: `${formatNumber(given)} of ${formatCount(required, "approval")} given`,
    action: "Open",
  };
}

export function draftRow({ version, segment, blocking, warnings }: DraftItem): WaitingRow {
  const sentBack = version.state === "changes_requested";
  const findings = [
    ...Array.from({ length: blocking }, () => ({ severity: "blocking" as const })),
    ...Array.from({ length: warnings }, () => ({ severity: "warning" as const })),
  ];
  return {
    key: version.id,
    mark: blocking > 0 ? <FindingIcon severity="blocking" /> : <StateGlyph state={sentBack ? "attention" : "draft"} />,
    name: segment.name,
    about: `v${version.number}`,
    text: (
      <>
        {sentBack && <span className={styles.warning}>Changes requested</span>}
        {sentBack && findings.length > 0 && " · "}
        <FindingSummary findings={findings} />
        {!sentBack && findings.length === 0 && "Nothing stands against submitting it"}
      </>
    ),
    age: <TimeAgo at={version.updatedAt} bare />,
    href: `/segments/${encodeURIComponent(segment.key)}/draft`,
    action: "Open draft",
  };
}

export function reviewDueRow(segment: SegmentListItem): WaitingRow {
  const production = segment.standings.find(({ environment }) => environment === "production");
  return {
    key: segment.key,
    mark: <StateGlyph state="attention" />,
    name: segment.name,
    about: production?.version ? `v${production.version}` : "",
    text:
      segment.members === null
        ? "Its review is due"
        : `Its review is due; ${formatCount(segment.members, "customer")} are in it`,
    age: <Instant at={segment.reviewDueAt} format="short-day" />,
    href: `/segments/${encodeURIComponent(segment.key)}`,
    action: "Look at it",
  };
}
