import type { AttributeType } from "../catalogue/definition";
import { collectParameters, type SqlParameters } from "./sql-statement";

/**
 * Where ClickHouse keeps what a rule speaks of, beside `id`, `region`, `consents` and `objections`. Made by the engine
 * from the table's own columns, never from a request.
 */
export type ClickHouseLayout = { readonly attributes: ReadonlyMap<string, ClickHouseColumn> };

/** Missing values are NULL; arrays cannot be, so a set has a second column that says whether there is one. */
export type ClickHouseColumn = SetColumn | PlainColumn;
export type SetColumn = { readonly type: "string_set"; readonly column: string; readonly isSet: string };
export type PlainColumn = { readonly type: Exclude<AttributeType, "string_set">; readonly column: string };

const parameterTypes = { text: "String", texts: "Array(String)", number: "Float64", instant: "Int64" } as const;

/** Parameters are named `p1`, `p2`, … by their position. */
export function clickHouseParameters(): SqlParameters {
  return collectParameters((type, position) => `{p${position}:${parameterTypes[type]}}`);
}

export function quoteName(name: string): string {
  return `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
}

/** For names that stand as texts; values are parameters. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
