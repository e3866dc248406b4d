import type { z } from "zod";
import type { Attribute } from "../catalogue/definition";
import { unitMilliseconds } from "../rules/definition";
import { describeInstant, describeNumber } from "../rules/describe-value";
import type { attributeGroupSchema, Preview } from "./contract";

type Group = z.infer<typeof attributeGroupSchema>;
type SplitBy = Pick<Attribute, "type" | "unit">;

export type GroupRow = {
  /** Names the row among the groups. */
  readonly key: string;
  readonly text: string;
  readonly kind: "group" | "other" | "missing";
  readonly members: number;
};

/** Members by one attribute, group by group; then those with another value and those without one, where there are any. */
export function groupRows(
  { groups, other, missing }: NonNullable<Preview["byAttribute"]>,
  attribute: SplitBy,
): readonly GroupRow[] {
  const rows: GroupRow[] = groups.map((group, index) => ({
    key: "value" in group ? `value ${group.value}` : `from ${group.from}`,
    text: groupText(group, attribute, index === groups.length - 1),
    kind: "group",
    members: group.members,
  }));
  if (other > 0) rows.push({ key: "other", text: "Other values", kind: "other", members: other });
  if (missing > 0) rows.push({ key: "missing", text: "Without a value", kind: "missing", members: missing });
  return rows;
}

/** "premium", "yes", "10 to under 20 EUR", "1 Jan 2026 to before 1 Feb 2026"; the last range holds both its ends. */
export function groupText(group: Group, { type, unit }: SplitBy, isLast: boolean): string {
  if ("value" in group) {
    if (type !== "boolean") return group.value;
    return group.value === "true" ? "yes" : "no";
  }
  const [from, to] = type === "timestamp" ? instants(group) : [roundedNumber(group.from), roundedNumber(group.to)];
  const measured = unit === undefined || type === "timestamp" ? "" : ` ${unit}`;
  if (isLast) return from === to ? `${from}${measured}` : `${from} to ${to}${measured}`;
  return `${from} to ${type === "timestamp" ? "before" : "under"} ${to}${measured}`;
}

/** Days, where the range holds at least one: the time of the day is noise then. */
function instants({ from, to }: { readonly from: number; readonly to: number }): [string, string] {
  const day = unitMilliseconds.days;
  if (to - from < day) return [describeInstant(from), describeInstant(to)];
  return [describeInstant(Math.floor(from / day) * day), describeInstant(Math.floor(to / day) * day)];
}

/** Six digits say enough of a bound that was computed; whole numbers keep all of theirs. */
function roundedNumber(bound: number): string {
  const whole = Number.isInteger(bound) || Math.abs(bound) >= 1e6;
  return describeNumber(whole ? Math.round(bound) : Number(bound.toPrecision(6)));
}
