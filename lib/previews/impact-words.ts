import type { ImpactCause } from "../guards/impact-steps";
import { upperFirst } from "../rules/phrase";
import type { Preview } from "./contract";

/** Why somebody moves, behind "because of". */
export const causeWords = {
  standing: "archive or kill switch",
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
    .map((moved) => ({ ...moved, text: upperFirst(causeWords[moved.cause]) }));
}
