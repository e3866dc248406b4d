import { textOf, textsOf, unfit } from "./condition-value";
import type { AttributeCondition } from "./definition";
import { quoteIdentifier, type SqlColumn } from "./duckdb-layout";
import { allBits, anyBit, codeIn, textIn, textsHoldAll, textsHoldAny } from "./duckdb-membership";
import { booleanSql, instantSql, numberSql } from "./sql-comparison";
import type { SqlParameters } from "./sql-statement";

/** True, or false or NULL for "does not hold". `asOf` in milliseconds. */
export function conditionSql(
  condition: AttributeCondition,
  column: SqlColumn,
  asOf: number,
  parameters: SqlParameters,
): string {
  if (condition.operator === "is_set") return isSet(column);
  if (condition.operator === "is_not_set") return `${firstColumn(column)} IS NULL`;
  switch (column.storage) {
    case "code":
    case "text":
      return textSql(condition, column, parameters);
    case "number":
      return numberSql(condition, quoteIdentifier(column.column), parameters);
    case "boolean":
      return booleanSql(condition, quoteIdentifier(column.column));
    case "instant":
      return instantSql(condition, quoteIdentifier(column.column), asOf, parameters);
    case "bits":
    case "texts":
      return setSql(condition, column, parameters);
  }
}

/** The column whose NULL says that the value is missing. */
export function firstColumn(column: SqlColumn): string {
  if (column.storage !== "bits") return quoteIdentifier(column.column);
  return quoteIdentifier(column.columns[0] ?? "");
}

function isSet(column: SqlColumn): string {
  return `${firstColumn(column)} IS NOT NULL`;
}

type TextColumn = Extract<SqlColumn, { storage: "code" | "text" }>;

function textSql(condition: AttributeCondition, column: TextColumn, parameters: SqlParameters): string {
  switch (condition.operator) {
    case "equals":
      return equalsAny(column, [textOf(condition)], parameters);
    case "not_equals":
      return `${isSet(column)} AND NOT ${equalsAny(column, [textOf(condition)], parameters)}`;
    case "in":
      return equalsAny(column, textsOf(condition), parameters);
    case "not_in":
      return `${isSet(column)} AND NOT ${equalsAny(column, textsOf(condition), parameters)}`;
    case "contains":
    case "starts_with":
    case "ends_with":
      return partSql(condition.operator, textOf(condition), column, parameters);
    default:
      throw unfit(condition);
  }
}

function equalsAny(column: TextColumn, values: readonly string[], parameters: SqlParameters): string {
  if (column.storage === "text") return textIn(quoteIdentifier(column.column), values, parameters);
  return codeIn(
    column,
    values.flatMap((value) => column.codes.get(value) ?? []),
  );
}

const partTests = {
  contains: (actual: string, wanted: string) => actual.includes(wanted),
  starts_with: (actual: string, wanted: string) => actual.startsWith(wanted),
  ends_with: (actual: string, wanted: string) => actual.endsWith(wanted),
};

function partSql(
  operator: keyof typeof partTests,
  wanted: string,
  column: TextColumn,
  parameters: SqlParameters,
): string {
  // Half a surrogate pair is no code point, so no stored text contains one.
  if (!wanted.isWellFormed()) return "FALSE";
  if (column.storage === "text")
    return `${operator}(${quoteIdentifier(column.column)}, ${parameters.add({ type: "text", value: wanted })})`;
  const holds = partTests[operator];
  return codeIn(
    column,
    [...column.codes].flatMap(([value, code]) => (holds(value, wanted) ? [code] : [])),
  );
}

type SetColumn = Extract<SqlColumn, { storage: "bits" | "texts" }>;

function setSql(condition: AttributeCondition, column: SetColumn, parameters: SqlParameters): string {
  const values = textsOf(condition);
  switch (condition.operator) {
    case "contains_any":
      return setHoldsAny(column, values, parameters);
    case "contains_none":
      return `${isSet(column)} AND (${setHoldsAny(column, values, parameters)}) IS NOT TRUE`;
    case "contains_all":
      if (values.length === 0) return isSet(column);
      if (column.storage === "bits") return allBits(column, values);
      return textsHoldAll(quoteIdentifier(column.column), values, parameters);
    default:
      throw unfit(condition);
  }
}

function setHoldsAny(column: SetColumn, values: readonly string[], parameters: SqlParameters): string {
  if (column.storage === "bits") return anyBit(column, values);
  return textsHoldAny(quoteIdentifier(column.column), values, parameters);
}
