import type { GuardedRule } from "../../guards/guarded-rule";
import { treeSql } from "../../rules/sql-tree";
import type { AttributeGroup, ByAttribute } from "../engine";
import type { CountingDialect, Split } from "./counting-dialect";
import { instantRanges, numberRanges } from "./nice-ranges";
import { type Asking, ask, type Question } from "./question";

const mostGroups = 20;
/** More than a dictionary of codes holds: what an engine orders by code is ordered by text here. */
const mostRows = 5_000;

type SplitBy<B extends Split["by"]> = Extract<Split, { by: B }>;
type ValueGroup = Extract<AttributeGroup, { value: string }>;
type RangeGroup = Extract<AttributeGroup, { from: number }>;

/** Asks for aggregates over the members alone; each becomes a number, NaN for NULL. */
type AskNumbers = (aggregates: (dialect: CountingDialect) => readonly string[]) => Promise<readonly number[]>;

/** The rule's members by an attribute: the 20 most frequent values, or up to 10 ranges. */
export async function askByAttribute(asking: Asking, rule: GuardedRule, attribute: string): Promise<ByAttribute> {
  const numbers: AskNumbers = (aggregates) =>
    ask(asking, (dialect) => numbersStatement(rule, aggregates(dialect), dialect));
  const split = asking.dialect().split(attribute);
  if (split.by === "number" || split.by === "instant") {
    const groups = await rangeGroups(split, numbers);
    return { attribute, groups, ...(await restOfValues(attribute, groups, numbers)) };
  }
  const values =
    split.by === "known"
      ? await knownValues(attribute, split.values, numbers)
      : await ask(asking, (dialect) => valuesStatement(rule, split, dialect));
  const groups = mostFrequent(values);
  const rest = split.by === "value" ? restOfValues : restOfSets;
  return { attribute, groups, ...(await rest(attribute, groups, numbers)) };
}

function numbersStatement(
  rule: GuardedRule,
  aggregates: readonly string[],
  dialect: CountingDialect,
): Question<readonly number[]> {
  const sql = `SELECT ${aggregates.join(", ")} FROM ${dialect.profiles} WHERE ${treeSql(rule.tree, dialect)}`;
  const read: Question<readonly number[]>["read"] = ([row = []]) =>
    row.map((value) => (value === null ? Number.NaN : Number(value)));
  return { sql, parameters: dialect.parameters.list, read };
}

function valuesStatement(
  rule: GuardedRule,
  { expression, text }: SplitBy<"value" | "element">,
  dialect: CountingDialect,
): Question<ValueGroup[]> {
  const values = `SELECT ${expression} AS value FROM ${dialect.profiles} WHERE ${treeSql(rule.tree, dialect)}`;
  const sql = `SELECT value, count(*) AS members FROM (${values}) WHERE value IS NOT NULL
    GROUP BY value ORDER BY members DESC, value LIMIT ${mostRows}`;
  const read: Question<ValueGroup[]>["read"] = (rows) =>
    rows.map(([value, members]) => ({ value: text(value), members: Number(members) }));
  return { sql, parameters: dialect.parameters.list, read };
}

async function knownValues(attribute: string, values: readonly string[], numbers: AskNumbers): Promise<ValueGroup[]> {
  if (values.length === 0) return [];
  const counts = await numbers((dialect) =>
    values.map((value) => dialect.countIf(setHolds("contains_any", attribute, [value], dialect))),
  );
  return values.map((value, index) => ({ value, members: counts[index] ?? 0 }));
}

function mostFrequent(groups: readonly ValueGroup[]): ValueGroup[] {
  return groups
    .filter(({ members }) => members > 0)
    .sort((a, b) => b.members - a.members || (a.value < b.value ? -1 : 1))
    .slice(0, mostGroups);
}

async function rangeGroups(
  { by, expression }: SplitBy<"number" | "instant">,
  numbers: AskNumbers,
): Promise<RangeGroup[]> {
  const [least = Number.NaN, greatest = Number.NaN, broken] = await numbers((dialect) => [
    `min(${expression})`,
    `max(${expression})`,
    dialect.countIf(dialect.isTrue(`${expression} <> floor(${expression})`)),
  ]);
  if (Number.isNaN(least)) return [];
  const bounds = by === "instant" ? instantRanges(least, greatest) : numberRanges(least, greatest, broken === 0);
  const below = await numbers((dialect) =>
    bounds.map((bound, index) => {
      const value = dialect.parameters.add(
        by === "instant" ? { type: "instant", value: BigInt(bound) } : { type: "number", value: bound },
      );
      const comparison = index === bounds.length - 1 ? "<=" : "<";
      return dialect.countIf(dialect.isTrue(`${expression} ${comparison} ${value}`));
    }),
  );
  return bounds.slice(1).map((to, index) => ({
    ...{ from: bounds[index] ?? to, to },
    members: (below[index + 1] ?? 0) - (below[index] ?? 0),
  }));
}

type Rest = Pick<ByAttribute, "other" | "missing">;

async function restOfValues(attribute: string, groups: readonly AttributeGroup[], numbers: AskNumbers): Promise<Rest> {
  const [all = 0, missing = 0] = await numbers((dialect) => ["count(*)", countMissing(attribute, dialect)]);
  const grouped = groups.reduce((total, { members }) => total + members, 0);
  return { other: all - missing - grouped, missing };
}

async function restOfSets(attribute: string, groups: readonly ValueGroup[], numbers: AskNumbers): Promise<Rest> {
  const values = groups.map(({ value }) => value);
  const [other = 0, missing = 0] = await numbers((dialect) => [
    dialect.countIf(setHolds("contains_none", attribute, values, dialect)),
    countMissing(attribute, dialect),
  ]);
  return { other, missing };
}

function countMissing(attribute: string, dialect: CountingDialect): string {
  return dialect.countIf(dialect.missing(attribute));
}

function setHolds(
  operator: "contains_any" | "contains_none",
  attribute: string,
  value: readonly string[],
  dialect: CountingDialect,
): string {
  return dialect.isTrue(dialect.leaf({ attribute, operator, value }));
}
