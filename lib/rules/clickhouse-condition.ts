import { type ClickHouseColumn, quoteName, type SetColumn } from "./clickhouse-layout";
import { setHoldsAll, setHoldsAny, textIn } from "./clickhouse-texts";
import { textOf, textsOf, unfit } from "./condition-value";
import type { AttributeCondition } from "./definition";
import { booleanSql, instantSql, numberSql } from "./sql-comparison";
import type { SqlParameters } from "./sql-statement";

/** True, or false or NULL for "does not hold". `asOf` in milliseconds. */
export function conditionSql(
  condition: AttributeCondition,
  column: ClickHouseColumn,
  asOf: number,
  parameters: SqlParameters,
): string {
  if (condition.operator === "is_set") return isSet(column);
  if (condition.operator === "is_not_set") return isMissing(column);
  const name = quoteName(column.column);
  switch (column.type) {
    case "string":
      return textSql(condition, name, parameters);
    case "number":
      return numberSql(condition, name, parameters);
    case "boolean":
      return booleanSql(condition, name);
    case "timestamp":
      return instantSql(condition, name, asOf, parameters);
    case "string_set":
      return setSql(condition, column, parameters);
  }
}

export function isMissing(column: ClickHouseColumn): string {
  return column.type === "string_set" ? `NOT ${quoteName(column.isSet)}` : `isNull(${quoteName(column.column)})`;
}

function isSet(column: ClickHouseColumn): string {
  return column.type === "string_set" ? quoteName(column.isSet) : `isNotNull(${quoteName(column.column)})`;
}

function textSql(condition: AttributeCondition, column: string, parameters: SqlParameters): string {
  switch (condition.operator) {
    case "equals":
      return textIn(column, [textOf(condition)], parameters);
    case "in":
      return textIn(column, textsOf(condition), parameters);
    // Whether NULL is in a set depends on a setting of the server, so it is said.
    case "not_equals":
      return `isNotNull(${column}) AND NOT ${textIn(column, [textOf(condition)], parameters)}`;
    case "not_in":
      return `isNotNull(${column}) AND NOT ${textIn(column, textsOf(condition), parameters)}`;
    case "contains":
    case "starts_with":
    case "ends_with":
      return partSql(condition.operator, textOf(condition), column, parameters);
    default:
      throw unfit(condition);
  }
}

/** These compare bytes; in UTF-8 a text that begins with a whole code point is found at whole code points only. */
const partTests = {
  contains: (text: string, part: string) => `position(${text}, ${part}) > 0`,
  starts_with: (text: string, part: string) => `startsWith(${text}, ${part})`,
  ends_with: (text: string, part: string) => `endsWith(${text}, ${part})`,
};

function partSql(operator: keyof typeof partTests, wanted: string, column: string, parameters: SqlParameters): string {
  if (!wanted.isWellFormed()) return "FALSE";
  return partTests[operator](column, parameters.add({ type: "text", value: wanted }));
}

/** A missing set is kept as an empty one, so what an empty set would pass asks whether there is one. */
function setSql(condition: AttributeCondition, column: SetColumn, parameters: SqlParameters): string {
  const values = textsOf(condition);
  const set = quoteName(column.column);
  switch (condition.operator) {
    case "contains_any":
      return setHoldsAny(set, values, parameters);
    case "contains_none":
      return `${isSet(column)} AND NOT ${setHoldsAny(set, values, parameters)}`;
    case "contains_all":
      return `${isSet(column)} AND ${setHoldsAll(set, values, parameters)}`;
    default:
      throw unfit(condition);
  }
}
