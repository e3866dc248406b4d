import { DomainError } from "../../errors";
import type { GuardedRule } from "../../guards/guarded-rule";
import { treeSql } from "../../rules/sql-tree";
import type { Sum } from "../answers";
import { largestSummed, numberOf, unitsPerOne } from "../sum-units";
import type { CountingDialect } from "./counting-dialect";
import type { Question } from "./question";

type Sums = Readonly<Record<string, Sum>>;

/** Written as what both engines read as a double. */
const most = largestSummed.toExponential();

/** Each attribute's sum over the rule's members; for at least one attribute. */
export function sumsStatement(
  rule: GuardedRule,
  attributes: readonly string[],
  dialect: CountingDialect,
): Question<Sums> {
  const aggregates = attributes.flatMap((attribute) =>
    sumAggregates(numberColumn(attribute, dialect), "TRUE", dialect),
  );
  const sql = `SELECT ${aggregates.join(", ")} FROM ${dialect.profiles} WHERE ${treeSql(rule.tree, dialect)}`;
  const read: Question<Sums>["read"] = ([row = []]) =>
    Object.fromEntries(attributes.map((attribute, index) => [attribute, sumFrom(row, index)]));
  return { sql, parameters: dialect.parameters.list, read };
}

/** The column of a number, NULL where a customer lacks it. */
export function numberColumn(attribute: string, dialect: CountingDialect): string {
  const split = dialect.split(attribute);
  if (split.by === "number") return split.expression;
  throw new DomainError("invalid", `Attribute "${attribute}" holds no numbers to add.`, { reason: "not-a-number" });
}

/** As many aggregates as `sumFrom` reads, over the customers for whom the boolean expression `where`, never NULL, is true. */
export function sumAggregates(column: string, where: string, dialect: CountingDialect): string[] {
  const bounded = `greatest(least(coalesce(${column}, 0), ${most}), -${most})`;
  const units = dialect.integer(`floor(${bounded} * ${unitsPerOne} + 0.5)`);
  const summed = (value: string) => `CASE WHEN ${where} THEN ${value} END`;
  const size = summed(`abs(${units})`);
  return [`sum(${summed(units)})`, `sum(${size})`, `max(${size})`];
}

/** Reads the place-th sum of a row that holds nothing else; over no customers the values are NULL. */
export function sumFrom(row: readonly unknown[], place: number): Sum {
  const [total = 0, size = 0, greatest = 0] = row
    .slice(3 * place, 3 * place + 3)
    .map((value) => numberOf(BigInt(String(value ?? 0))));
  return { total, size, greatest };
}
