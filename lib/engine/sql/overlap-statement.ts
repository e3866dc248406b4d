import { DomainError } from "../../errors";
import type { GuardedRule } from "../../guards/guarded-rule";
import { treeSql } from "../../rules/sql-tree";
import type { Overlap } from "../answers";
import type { CountingDialect } from "./counting-dialect";
import { levelledSelect } from "./node-columns";
import type { Question, SqlRow } from "./question";

/** A customer's rules are the bits of one integer. */
const mostRules = 64;

/** One pass over the customers, whatever the number of rules: they are counted by which rules take them. */
export function overlapStatement(
  rules: readonly GuardedRule[],
  within: GuardedRule | undefined,
  dialect: CountingDialect,
): Question<Overlap> {
  if (rules.length > mostRules)
    throw new DomainError("invalid", `${rules.length} rules cannot be compared at once, ${mostRules} can.`, {
      reason: "too-many-rules",
    });
  const source = within
    ? `(SELECT * FROM ${dialect.profiles} WHERE ${treeSql(within.tree, dialect)})`
    : dialect.profiles;
  const select = levelledSelect(dialect, source);
  const mask = dialect.mask(rules.map(({ tree }) => select.truth(tree).value));
  const sql = `SELECT mask, count(*) FROM (SELECT ${mask} AS mask FROM (${select.sql()})) GROUP BY mask`;
  return { sql, parameters: dialect.parameters.list, read: (rows) => overlapOf(rows, rules.length) };
}

function overlapOf(rows: readonly SqlRow[], rules: number): Overlap {
  const sizes = Array.from({ length: rules }, () => 0);
  const both = sizes.map(() => [...sizes]);
  const intersections = rows
    .map(([mask, customers]) => ({ mask: BigInt(String(mask)), customers: Number(customers) }))
    .sort((a, b) => b.customers - a.customers || (a.mask < b.mask ? -1 : 1))
    .map(({ mask, customers }) => ({ rules: bitsOf(mask), customers }));
  for (const { rules: takers, customers } of intersections)
    for (const a of takers) {
      sizes[a] = (sizes[a] ?? 0) + customers;
      const row = both[a] ?? [];
      for (const b of takers) row[b] = (row[b] ?? 0) + customers;
    }
  return {
    population: intersections.reduce((total, { customers }) => total + customers, 0),
    sizes,
    pairs: both.flatMap((row, a) => row.flatMap((count, b) => (a < b && count > 0 ? [{ a, b, both: count }] : []))),
    intersections,
  };
}

function bitsOf(mask: bigint): number[] {
  const bits: number[] = [];
  for (let rest = mask, bit = 0; rest > 0n; rest >>= 1n, bit += 1) if (rest & 1n) bits.push(bit);
  return bits;
}
