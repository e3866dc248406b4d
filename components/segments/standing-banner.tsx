import { Alert } from "@mantine/core";
import { TimeAgo } from "@/components/ui/instant";
import { formatDay } from "@/components/ui/instant-format";
import { TextLink } from "@/components/ui/link-button";
import { formatCount } from "@/components/ui/number-format";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import type { DocumentStanding } from "@/lib/segments/document";
import { pulledSince } from "./pulled-since";

/** What consumers are told of a segment that is on its way out, or gone, and who of them still pulls it. */
export function StandingBanner({ overview }: { readonly overview: SegmentOverview }) {
  const { standing } = overview.shown.document;
  if (!standing || !overview.live.production) return null;
  return (
    <Alert color={standing.state === "archived" ? "gray" : "amber"} title={titleOf(standing)}>
      <p>{standing.notice}</p>
      {standing.replacement && (
        <p>
          Replaced by <TextLink href={`/segments/${standing.replacement}`}>{standing.replacement}</TextLink>.
        </p>
      )}
      {standing.state === "deprecated" && <StillPulling overview={overview} />}
    </Alert>
  );
}

function titleOf({ state, removalAt }: DocumentStanding): string {
  if (state === "archived") return "Archived: nobody is a member, consumers get a tombstone";
  return removalAt ? `Deprecated, to be removed on ${formatDay(removalAt)}` : "Deprecated";
}

function StillPulling({ overview: { consumers, live } }: { readonly overview: SegmentOverview }) {
  const pulling = pulledSince(consumers, live.production?.createdAt ?? null);
  if (pulling.length === 0) return <p>No consumer has pulled it since.</p>;
  return (
    <p>
      {formatCount(pulling.length, "consumer")} {pulling.length === 1 ? "has" : "have"} pulled it since:{" "}
      {pulling.map(({ key, name, lastPulledAt }, index) => (
        <span key={key}>
          {index > 0 && ", "}
          {name} (<TimeAgo at={lastPulledAt} none="never" />)
        </span>
      ))}
      .
    </p>
  );
}
