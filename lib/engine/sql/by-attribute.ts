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

/** Asks for aggregates over the members alone; over no rows each is 0. */
type AskNumbers = (aggregates: (dialect: CountingDialect) => readonly string[]) => Promise<readonly number[]>;

/**
 * The rule's members by an attribute: the 20 most frequent values, or up to 10 ranges, from the `ends`-th least to the
 * `ends`-th greatest value; none where these would cross.
 */
export async function askByAttribute(
  asking: Asking,
  rule: GuardedRule,
  attribute: string,
  ends = 1,
): Promise<ByAttribute> {
  const numbers: AskNumbers = (aggregates) =>
    ask(asking, (dialect) => numbersStatement(rule, aggregates(dialect), dialect));
  const split = asking.dialect().split(attribute);
  switch (split.by) {
    case "number":
    case "instant":
      return {
        attribute,
        ...(await byRange(attribute, split, {
          numbers,
          ends,
          end: (order) => askEnd(asking, rule, split, { order, rank: ends }),
        })),
      };
    case "value": {
      const { groups, missing, rows } = await ask(asking, (dialect) => valuesStatement(rule, split, dialect));
      const frequent = mostFrequent(groups);
      return { attribute, groups: frequent, other: rows - missing - membersOf(frequent), missing };
    }
    case "element": {
      const { groups } = await ask(asking, (dialect) => valuesStatement(rule, split, dialect));
      return { attribute, ...(await withRestOfSets(attribute, groups, numbers)) };
    }
    case "known": {
      const groups = await knownValues(attribute, split.values, numbers);
      return { attribute, ...(await withRestOfSets(attribute, groups, numbers)) };
    }
  }
}

function numbersStatement(
  rule: GuardedRule,
  aggregates: readonly string[],
  dialect: CountingDialect,
): Question<readonly number[]> {
  const sql = `SELECT ${aggregates.join(", ")} FROM ${dialect.profiles} WHERE ${treeSql(rule.tree, dialect)}`;
  const read: Question<readonly number[]>["read"] = ([row = []]) => row.map((value) => Number(value ?? 0));
  return { sql, parameters: dialect.parameters.list, read };
}

/** `rows` is how many the values were counted in, `missing` among them. */
type CountedValues = { readonly groups: readonly ValueGroup[]; readonly missing: number; readonly rows: number };

function valuesStatement(
  rule: GuardedRule,
  { expression, text }: SplitBy<"value" | "element">,
  dialect: CountingDialect,
): Question<CountedValues> {
  const values = `SELECT ${expression} AS value FROM ${dialect.profiles} WHERE ${treeSql(rule.tree, dialect)}`;
  const sql = `SELECT value, count(*) AS members, sum(count(*)) OVER () FROM (${values})
    GROUP BY value ORDER BY value IS NULL DESC, members DESC, value LIMIT ${mostRows}`;
  const read: Question<CountedValues>["read"] = (rows) => ({
    groups: rows.flatMap(([value, members]) =>
      value === null ? [] : [{ value: text(value), members: Number(members) }],
    ),
    missing: rows[0]?.[0] === null ? Number(rows[0][1]) : 0,
    rows: Number(rows[0]?.[2] ?? 0),
  });
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

function membersOf(groups: readonly AttributeGroup[]): number {
  return groups.reduce((total, { members }) => total + members, 0);
}

type Order = "ASC" | "DESC";

/** The `rank`-th value from one end. */
async function askEnd(
  asking: Asking,
  rule: GuardedRule,
  { expression }: SplitBy<"number" | "instant">,
  { order, rank }: { readonly order: Order; readonly rank: number },
): Promise<number> {
  return ask(asking, (dialect) => {
    const held = `(${treeSql(rule.tree, dialect)}) AND ${expression} IS NOT NULL`;
    const nearest = `SELECT ${expression} AS value FROM ${dialect.profiles} WHERE ${held} ORDER BY value ${order} LIMIT ${rank}`;
    const sql = `SELECT ${order === "ASC" ? "max" : "min"}(value) FROM (${nearest})`;
    return { sql, parameters: dialect.parameters.list, read: ([row = []]) => Number(row[0] ?? 0) };
  });
}

type AskRanges = { readonly numbers: AskNumbers; readonly ends: number; end(order: Order): Promise<number> };

async function byRange(
  attribute: string,
  { by, expression }: SplitBy<"number" | "instant">,
  { numbers, ends, end }: AskRanges,
): Promise<Omit<ByAttribute, "attribute">> {
  const [held = 0, least = 0, greatest = 0, broken = 0] = await numbers((dialect) => [
    `count(${expression})`,
    `min(${expression})`,
    `max(${expression})`,
    dialect.countIf(dialect.isTrue(`${expression} <> floor(${expression})`)),
  ]);
  const [from, to] = ends === 1 ? [least, greatest] : [await end("ASC"), await end("DESC")];
  const ranges = by === "instant" ? instantRanges : numberRanges;
  const bounds = held < 2 * ends - 1 ? [] : ranges(from, to, broken < ends);
  const [members = 0, missing = 0, ...below] = await numbers((dialect) => [
    "count(*)",
    dialect.countIf(dialect.missing(attribute)),
    ...bounds.map((bound, index) => {
      const comparison = index === bounds.length - 1 ? "<=" : "<";
      return dialect.countIf(dialect.isTrue(`${expression} ${comparison} ${parameterOf(by, bound, dialect)}`));
    }),
  ]);
  const groups = bounds.slice(1).map((bound, index) => ({
    ...{ from: bounds[index] ?? bound, to: bound },
    members: (below[index + 1] ?? 0) - (below[index] ?? 0),
  }));
  return { groups, other: members - missing - membersOf(groups), missing };
}

function parameterOf(by: "number" | "instant", value: number, { parameters }: CountingDialect): string {
  return parameters.add(by === "instant" ? { type: "instant", value: BigInt(value) } : { type: "number", value });
}

async function withRestOfSets(
  attribute: string,
  values: readonly ValueGroup[],
  numbers: AskNumbers,
): Promise<Omit<ByAttribute, "attribute">> {
  const groups = mostFrequent(values);
  const named = groups.map(({ value }) => value);
  const [other = 0, missing = 0] = await numbers((dialect) => [
    dialect.countIf(setHolds("contains_none", attribute, named, dialect)),
    dialect.countIf(dialect.missing(attribute)),
  ]);
  return { groups, other, missing };
}

function setHolds(
  operator: "contains_any" | "contains_none",
  attribute: string,
  value: readonly string[],
  dialect: CountingDialect,
): string {
  return dialect.isTrue(dialect.leaf({ attribute, operator, value }));
}
