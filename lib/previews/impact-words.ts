import type { ImpactCause } from "../guards/impact-steps";
import { describeNumber } from "../rules/describe-value";
import type { Preview } from "./contract";

/** Why somebody moves, behind "because of". */
export const causeWords = {
  consent: "purposes and consent",
  region: "regions",
  list: "lists",
  score: "scores",
  rule: "the rule",
} as const satisfies Record<ImpactCause, string>;

type Moved = NonNullable<Preview["impact"]>["byCause"][number];

export type CauseRow = Moved & { readonly text: string };

/** The causes that move anybody, in the order in which they are looked for. */
export function causeRows(byCause: readonly Moved[]): readonly CauseRow[] {
  return byCause
    .filter(({ entering, leaving }) => entering > 0 || leaving > 0)
    .map((moved) => ({ ...moved, text: capitalised(causeWords[moved.cause]) }));
}

/** "120 enter because of the rule, 1 leaves because of regions."; empty where nobody moves. */
export function impactSentence(byCause: readonly Moved[]): string {
  const parts = causeRows(byCause).flatMap(({ cause, entering, leaving }) => [
    ...movePart(entering, "enter", cause),
    ...movePart(leaving, "leave", cause),
  ]);
  return parts.length === 0 ? "" : `${parts.join(", ")}.`;
}

function movePart(customers: number, verb: "enter" | "leave", cause: ImpactCause): string[] {
  if (customers === 0) return [];
  return [`${describeNumber(customers)} ${customers === 1 ? `${verb}s` : verb} because of ${causeWords[cause]}`];
}

function capitalised(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
