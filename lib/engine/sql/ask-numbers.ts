import type { GuardedRule } from "../../guards/guarded-rule";
import { treeSql } from "../../rules/sql-tree";
import type { CountingDialect } from "./counting-dialect";
import { type Asking, ask, type Question } from "./question";

/** Asks for aggregates over the members alone; over no rows each is 0. */
export type AskNumbers = (aggregates: (dialect: CountingDialect) => readonly string[]) => Promise<readonly number[]>;

export function askNumbers(asking: Asking, rule: GuardedRule): AskNumbers {
  return (aggregates) => ask(asking, (dialect) => numbersStatement(rule, aggregates(dialect), dialect));
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
