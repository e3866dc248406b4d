import type { GuardedRule } from "../../guards/guarded-rule";
import { treeSql } from "../../rules/sql-tree";
import type { AttributeGroup, ByAttribute } from "../answers";
import type { AskNumbers } from "./ask-numbers";
import type { CountingDialect, SplitBy } from "./counting-dialect";
import type { Question } from "./question";

const mostGroups = 20;
/** More than a dictionary of codes holds: what an engine orders by code is ordered by text here. */
const mostRows = 5_000;

type ValueGroup = Extract<AttributeGroup, { value: string }>;

/** `rows` is how many the values were counted in, `missing` among them. */
type CountedValues = { readonly groups: readonly ValueGroup[]; readonly missing: number; readonly rows: number };

export function valuesStatement(
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

/** How many have each of the values in their set. */
export async function knownValues(
  attribute: string,
  values: readonly string[],
  numbers: AskNumbers,
): Promise<ValueGroup[]> {
  if (values.length === 0) return [];
  const counts = await numbers((dialect) =>
    values.map((value) => dialect.countIf(setHolds("contains_any", attribute, [value], dialect))),
  );
  return values.map((value, index) => ({ value, members: counts[index] ?? 0 }));
}

/** Of those that anybody has. */
export function mostFrequent(groups: readonly ValueGroup[]): ValueGroup[] {
  return groups
    .filter(({ members }) => members > 0)
    .sort((a, b) => b.members - a.members || (a.value < b.value ? -1 : 1))
    .slice(0, mostGroups);
}

export function membersOf(groups: readonly AttributeGroup[]): number {
  return groups.reduce((total, { members }) => total + members, 0);
}

/** The most frequent values, and who has a set without any of them; a customer counts for each value of theirs. */
export async function withRestOfSets(
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
