import { strongestFirst } from "../rules/precedence";
import type { TreatmentValue } from "../segments/document";

/** What a segment claims of its members, as a document or an artefact says it. */
export type Claims = {
  readonly key: string;
  readonly precedence: number;
  readonly exclusiveGroup?: string | null | undefined;
  readonly treatments: Readonly<Record<string, TreatmentValue>>;
};

/**
 * What two segments cannot both be to a customer who is in both. `winner` has the higher precedence; with equal ones it
 * is the smaller key, and `tie` says so.
 */
export type SegmentConflict =
  | { readonly kind: "exclusive_group"; readonly group: string; readonly winner: string; readonly tie: boolean }
  | {
      readonly kind: "treatment";
      readonly treatment: string;
      readonly winner: string;
      readonly tie: boolean;
      /** Of the winner, and of the other one. */
      readonly values: readonly [TreatmentValue, TreatmentValue];
    };

/** Of one pair: the group first, then treatments by name. */
export function conflictsBetween(a: Claims, b: Claims): SegmentConflict[] {
  const [stronger, weaker] = strongestFirst(a, b) <= 0 ? [a, b] : [b, a];
  const outcome = { winner: stronger.key, tie: a.precedence === b.precedence };
  const conflicts: SegmentConflict[] = [];
  if (a.exclusiveGroup && a.exclusiveGroup === b.exclusiveGroup)
    conflicts.push({ kind: "exclusive_group", group: a.exclusiveGroup, ...outcome });
  for (const treatment of Object.keys(stronger.treatments).sort()) {
    const [value, other] = [stronger.treatments[treatment], weaker.treatments[treatment]];
    if (value === undefined || other === undefined || value === other) continue;
    conflicts.push({ kind: "treatment", treatment, ...outcome, values: [value, other] });
  }
  return conflicts;
}
