import type { GuardedRule } from "../../guards/guarded-rule";
import { treeSql } from "../../rules/sql-tree";
import type { ByAttribute } from "../answers";
import type { AskNumbers } from "./ask-numbers";
import { membersOf } from "./by-value";
import type { CountingDialect, SplitBy } from "./counting-dialect";
import { instantRanges, numberRanges } from "./nice-ranges";
import { type Asking, ask } from "./question";

type Order = "ASC" | "DESC";

/** The `rank`-th value from one end. */
export async function askEnd(
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

/** Up to 10 ranges, from the `ends`-th value of one end to that of the other; none where these would cross. */
export async function byRange(
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
