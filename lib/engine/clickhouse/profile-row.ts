import type { ClickHouseColumn } from "../../rules/clickhouse-layout";
import type { AttributeValue, Profile } from "../../rules/definition";
import type { Layout } from "./layout";

export const commonColumns = ["id", "version", "region", "consents", "objections"] as const;

/** The names of the columns of `profileRow`, in that order. */
export function profileColumns(layout: Layout): string[] {
  return [...commonColumns, ...[...layout.attributes.values()].flatMap(columnsOf)];
}

/** Of the versions of a profile the greatest counts. */
export function profileRow(profile: Profile, version: number, layout: Layout): unknown[] {
  const cells = [...layout.attributes].flatMap(([key, column]) => cellsOf(column, profile.attributes[key]));
  return [profile.id, version, profile.region ?? null, profile.consents, profile.objections, ...cells];
}

/** From a row of `profileColumns`. */
export function profileOf(row: readonly unknown[], layout: Layout): Profile {
  const cells = new Map(profileColumns(layout).map((name, index) => [name, row[index]]));
  const attributes: Record<string, AttributeValue> = {};
  for (const [key, column] of layout.attributes) {
    const value = readValue(column, cells);
    if (value !== undefined) attributes[key] = value;
  }
  const region = cells.get("region");
  return {
    id: String(cells.get("id")),
    ...(typeof region === "string" ? { region } : {}),
    consents: textsOf(cells.get("consents")),
    objections: textsOf(cells.get("objections")),
    attributes,
  };
}

export function columnsOf(column: ClickHouseColumn): string[] {
  return column.type === "string_set" ? [column.column, column.isSet] : [column.column];
}

function cellsOf(column: ClickHouseColumn, value: AttributeValue | undefined): unknown[] {
  return column.type === "string_set" ? [value ?? [], value !== undefined] : [value ?? null];
}

function readValue(column: ClickHouseColumn, cells: ReadonlyMap<string, unknown>): AttributeValue | undefined {
  const cell = cells.get(column.column);
  switch (column.type) {
    case "string_set":
      return cells.get(column.isSet) === true ? textsOf(cell) : undefined;
    case "boolean":
      return typeof cell === "boolean" ? cell : undefined;
    case "string":
      return typeof cell === "string" ? cell : undefined;
    case "number":
    case "timestamp":
      return cell === null || cell === undefined ? undefined : Number(cell);
  }
}

function textsOf(cell: unknown): string[] {
  return Array.isArray(cell) ? cell.map(String) : [];
}
