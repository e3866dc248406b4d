import type { Finding } from "../findings";

/** How many members of a segment are others than at an earlier instant (milliseconds). */
export type MemberDrift = {
  readonly segment: string;
  readonly since: number;
  readonly before: number;
  readonly entered: number;
  readonly left: number;
};

/** How a score lies against an earlier measurement (milliseconds): its population stability index. */
export type ScoreDrift = { readonly attribute: string; readonly since: number; readonly stability: number };

export type Drift = { readonly members: readonly MemberDrift[]; readonly scores: readonly ScoreDrift[] };

/** More than a tenth of the members; and an index above which many values have moved, as it is commonly read. */
const mostMoved = 0.1;
const mostUnstable = 0.25;

/** Warnings for who answers for the segment: nobody changed it, and yet it is no longer what was approved. */
export function driftFindings(segment: string, attributes: readonly string[], { members, scores }: Drift): Finding[] {
  return [
    ...members.flatMap((drift) => (drift.segment === segment ? membersFinding(drift) : [])),
    ...scores.flatMap((drift) => (attributes.includes(drift.attribute) ? scoreFinding(drift) : [])),
  ];
}

function membersFinding({ since, before, entered, left }: MemberDrift): Finding[] {
  const share = before === 0 ? 0 : (entered + left) / before;
  if (share <= mostMoved) return [];
  const percent = Math.floor(share * 100);
  return [
    {
      ...{ code: "members-drifted", severity: "warning", path: "definition.rule" },
      message: `${percent} % as many customers as it had on ${dayOf(since)} have entered or left since, although nobody changed it.`,
      resolution: "Look at what moved them, and whether the segment still takes whom it is meant to.",
    },
  ];
}

function scoreFinding({ attribute, since, stability }: ScoreDrift): Finding[] {
  if (stability <= mostUnstable) return [];
  return [
    {
      ...{ code: "score-drifted", severity: "warning", path: "definition.rule" },
      message: `The score "${attribute}" lies otherwise than on ${dayOf(since)}: its population stability index is ${stability.toFixed(2)}.`,
      resolution: "Ask the model's owner, and look whether the bound in the rule still parts whom it is meant to.",
    },
  ];
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
