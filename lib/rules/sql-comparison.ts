import { instantOf, numberOf, rangeOf, spanOf, unfit } from "./condition-value";
import type { AttributeCondition } from "./definition";
import type { SqlParameters } from "./sql-statement";

/** What every dialect says alike: true, or false or NULL for "does not hold". `column` is an expression. */
const comparisons = { equals: "=", not_equals: "<>", less_than: "<", at_most: "<=", greater_than: ">", at_least: ">=" };

export function numberSql(condition: AttributeCondition, column: string, parameters: SqlParameters): string {
  const { operator } = condition;
  const add = (number: number) => parameters.add({ type: "number", value: number });
  if (operator === "between") {
    const [low, high] = rangeOf(condition);
    return `${column} BETWEEN ${add(low)} AND ${add(high)}`;
  }
  if (!(operator in comparisons)) throw unfit(condition);
  return `${column} ${comparisons[operator as keyof typeof comparisons]} ${add(numberOf(condition))}`;
}

export function booleanSql(condition: AttributeCondition, column: string): string {
  if (condition.operator !== "equals" || typeof condition.value !== "boolean") throw unfit(condition);
  return condition.value ? column : `NOT ${column}`;
}

/** `column` holds milliseconds, and so does `asOf`. */
export function instantSql(
  condition: AttributeCondition,
  column: string,
  asOf: number,
  parameters: SqlParameters,
): string {
  // Stored instants are whole milliseconds, so a bound with a fraction moves to the whole one that cuts alike.
  const floor = (milliseconds: number) => parameters.add({ type: "instant", value: BigInt(Math.floor(milliseconds)) });
  switch (condition.operator) {
    case "before":
      return `${column} < ${parameters.add({ type: "instant", value: BigInt(Math.ceil(instantOf(condition))) })}`;
    case "after":
      return `${column} > ${floor(instantOf(condition))}`;
    case "within_last":
      return `${column} > ${floor(asOf - spanOf(condition))} AND ${column} <= ${floor(asOf)}`;
    case "not_within_last":
      return `(${column} <= ${floor(asOf - spanOf(condition))} OR ${column} > ${floor(asOf)})`;
    case "within_next":
      return `${column} > ${floor(asOf)} AND ${column} <= ${floor(asOf + spanOf(condition))}`;
    default:
      throw unfit(condition);
  }
}
