import { type BitColumns, quoteIdentifier, type SqlColumn } from "../../rules/duckdb-layout";
import type { SqlParameters } from "../../rules/sql-statement";
import type { Layout } from "./layout";

/** The text of `past-profile.ts` for a row that has the columns of `profiles`. */
export function pastTextSql(layout: Layout, parameters: SqlParameters): string {
  const attributes = [...layout.attributes].flatMap(([key, column]) => [`'${key}'`, spelled(column, parameters)]);
  const parts = [
    ["'region'", spelled(layout.region, parameters)],
    ["'consents'", spelledPurposes(layout.consents, parameters)],
    ["'objections'", spelledPurposes(layout.objections, parameters)],
    ["'attributes'", `json_object(${attributes.join(", ")})`],
  ];
  return `json_object(${parts.flat().join(", ")})::VARCHAR`;
}

function spelled(column: SqlColumn, parameters: SqlParameters): string {
  if (column.storage === "bits") {
    const isMissing = `${quoteIdentifier(column.columns[0] ?? "")} IS NULL`;
    return `CASE WHEN ${isMissing} THEN NULL ELSE ${spelledBits(column, parameters)} END`;
  }
  const name = quoteIdentifier(column.column);
  if (column.storage !== "code") return name;
  const texts = parameters.add({ type: "texts", value: [...column.codes.keys()] });
  return `list_extract(${texts}, ${name}::BIGINT + 1)`;
}

/** The purposes of a set; `table` is whose columns they are. */
export function spelledPurposes(set: BitColumns, parameters: SqlParameters, table?: string): string {
  return set.bits.size === 0 ? "[]::VARCHAR[]" : spelledBits(set, parameters, table);
}

function spelledBits({ columns, bits }: BitColumns, parameters: SqlParameters, table?: string): string {
  const names = columns.map(quoteIdentifier).map((name) => (table === undefined ? name : `${table}.${name}`));
  return setOfBits(parameters.add({ type: "texts", value: [...bits.keys()] }), names);
}

/** The texts of a set that is kept as bits; `names` is the list of all, in the order of their bits. */
export function setOfBits(names: string, columns: readonly string[]): string {
  const words = `[${columns.map((column) => `coalesce(${column}, 0)`).join(", ")}]`;
  return `list_filter(${names}, lambda value, position: (${words}[(position - 1) // 64 + 1] >> ((position - 1) % 64)::UBIGINT) & 1 = 1)`;
}
