import type { AttributeType } from "../catalogue/definition";
import { minimumCell, type RoundCustomers } from "../catalogue/small-cells";
import type { ByAttribute } from "../engine/answers";
import type { Preview } from "./contract";

type Told = NonNullable<Preview["byAttribute"]>;

/** What one actor may know of members by an attribute; see `AttributeStatistics` in the catalogue for the same rule. */
export type ByAttributeTelling = {
  readonly type: AttributeType;
  /** Of the whole segment, exactly. */
  readonly members: number;
  /** Whether small numbers may be told. */
  readonly exact: boolean;
  readonly round: RoundCustomers;
  readonly isMasked: (value: string | undefined) => boolean;
};

/**
 * Values that are personal, and for people who may not look customers up groups of fewer than a cell, are told among
 * `other`. That the bounds of ranges follow from no fewer is for whoever counts: see `Engine.counts`.
 */
export function tellByAttribute(
  { attribute, groups, other, missing }: ByAttribute,
  { type, members, exact, round, isMasked }: ByAttributeTelling,
): Told {
  const told = groups.filter((group) => {
    if (isMasked("value" in group ? group.value : undefined)) return false;
    return exact || group.members >= minimumCell;
  });
  const leftOut = groups.filter((group) => !told.includes(group)).reduce((sum, group) => sum + group.members, 0);
  // A customer may be in several groups of a set, so there is no sum.
  const rest = type === "string_set" ? (told.length === 0 ? members - missing : other) : other + leftOut;
  const rounded = told.map((group) => ({ ...group, members: round(group.members) }));
  return { attribute, groups: rounded.sort(inOrder), other: round(rest), missing: round(missing) };
}

/** By what is told: the order says no more than the numbers do. Ranges stay in theirs. */
function inOrder(a: Told["groups"][number], b: Told["groups"][number]): number {
  if ("from" in a || "from" in b) return 0;
  return b.members - a.members || (a.value < b.value ? -1 : 1);
}
