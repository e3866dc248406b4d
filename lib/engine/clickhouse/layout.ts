import { type AttributeType, attributeTypes } from "../../catalogue/definition";
import { type ClickHouseColumn, type ClickHouseLayout, quoteName } from "../../rules/clickhouse-layout";

export type Layout = ClickHouseLayout & { readonly types: ReadonlyMap<string, AttributeType> };

/** Strings have a dictionary in each part of the table, however many different ones there are. */
export const columnTypes = {
  string: "LowCardinality(Nullable(String))",
  number: "Nullable(Float64)",
  boolean: "Nullable(Bool)",
  timestamp: "Nullable(Int64)",
  string_set: "Array(LowCardinality(String))",
} as const satisfies Record<AttributeType, string>;

/** Named after the type too, so the table's own columns say what is stored; a key holds no colon. */
export function attributeColumn(key: string, type: AttributeType): ClickHouseColumn {
  const column = `${key}:${type}`;
  return type === "string_set" ? { type, column, isSet: `${key}:is_set` } : { type, column };
}

/** Definitions of the columns that keep an attribute. */
export function columnDefinitions(key: string, type: AttributeType): string[] {
  const column = attributeColumn(key, type);
  const own = `${quoteName(column.column)} ${columnTypes[type]}`;
  return column.type === "string_set" ? [own, `${quoteName(column.isSet)} Bool`] : [own];
}

/** From the names of the table's columns, in their order. */
export function layoutOf(columns: readonly string[]): Layout {
  const types = new Map<string, AttributeType>();
  for (const name of columns) {
    const [key = "", suffix] = name.split(":");
    const type = attributeTypes.find((each) => each === suffix);
    if (type !== undefined) types.set(key, type);
  }
  return { types, attributes: new Map([...types].map(([key, type]) => [key, attributeColumn(key, type)])) };
}
