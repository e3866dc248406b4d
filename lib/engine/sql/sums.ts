import { DomainError } from "../../errors";
import type { GuardedRule } from "../../guards/guarded-rule";
import { treeSql } from "../../rules/sql-tree";
import type { Sum } from "../engine";
import { largestSummed, numberOf, unitsPerOne } from "../sum-units";
import type { CountingDialect } from "./counting-dialect";
import type { Question } from "./question";

type Sums = Readonly<Record<string, Sum>>;

/** Written as what both engines read as a double. */
const most = largestSummed.toExponential();

/** Each attribute's sum over the rule's members. */
export function sumsStatement(
  rule: GuardedRule,
  attributes: readonly string[],
  dialect: CountingDialect,
): Question<Sums> {
  const aggregates = attributes.flatMap((attribute) =>
    sumAggregates(numberColumn(attribute, dialect), "TRUE", dialect),
  );
  const sql = `SELECT ${["count(*)", ...aggregates].join(", ")} FROM ${dialect.profiles} WHERE ${treeSql(rule.tree, dialect)}`;
  const read: Question<Sums>["read"] = ([row = []]) =>
    Object.fromEntries(attributes.map((attribute, index) => [attribute, sumFrom(row.slice(1 + 2 * index))]));
  return { sql, parameters: dialect.parameters.list, read };
}

/** The column of a number, NULL where a customer lacks it. */
export function numberColumn(attribute: string, dialect: CountingDialect): string {
  const split = dialect.split(attribute);
  if (split.by === "number") return split.expression;
  throw new DomainError("invalid", `Attribute "${attribute}" holds no numbers to add.`, { reason: "not-a-number" });
}

/** Two aggregates, for `sumFrom`, over the customers for whom the boolean expression `where`, never NULL, is true. */
export function sumAggregates(column: string, where: string, dialect: CountingDialect): string[] {
  const bounded = `greatest(least(coalesce(${column}, 0), ${most}), -${most})`;
  const units = dialect.integer(`floor(${bounded} * ${unitsPerOne} + 0.5)`);
  const summed = (value: string) => `CASE WHEN ${where} THEN ${value} END`;
  return [`sum(${summed(units)})`, `max(${summed(`abs(${units})`)})`];
}

/** Reads the first two of a row's values; over no customers they are NULL. */
export function sumFrom([total, greatest]: readonly unknown[]): Sum {
  const number = (value: unknown) => numberOf(BigInt(String(value ?? 0)));
  return { total: number(total), greatest: number(greatest) };
}
