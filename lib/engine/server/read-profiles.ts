import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import { DuckDBListValue } from "@duckdb/node-api";
import { notFound } from "../../errors";
import type { Profile } from "../../rules/definition";
import { type BitColumns, quoteIdentifier, type SqlColumn } from "../../rules/duckdb-layout";
import type { AttributeStatistics } from "../answers";
import type { Layout } from "../duckdb/layout";
import { type Cell, nameOf, profileOf } from "../duckdb/profile-row";
import { isCustomer } from "../duckdb/profile-spot";
import { notNumeric, quantilePoints } from "../quantile-points";
import { boundValues } from "./run-statement";

const mostValues = 50;

export async function readProfile(connection: DuckDBConnection, id: string, layout: Layout): Promise<Profile | null> {
  const reader = await connection.runAndReadAll(`SELECT * FROM profiles WHERE ${isCustomer("$1")}`, [id]);
  const [row] = reader.getRowObjects();
  return row ? profileOf((column) => cellOf(row[column]), layout) : null;
}

/** Those of the customers that are known, in no order. */
export async function readProfiles(
  connection: DuckDBConnection,
  ids: readonly string[],
  layout: Layout,
): Promise<Profile[]> {
  if (ids.length === 0) return [];
  const { values, types } = boundValues([{ type: "texts", value: ids }]);
  const sql = "SELECT * FROM profiles WHERE id IN (SELECT unnest($1))";
  const rows = (await connection.runAndReadAll(sql, values, types)).getRowObjects();
  return rows.map((row) => profileOf((column) => cellOf(row[column]), layout));
}

export async function readRegions(
  connection: DuckDBConnection,
  ids: readonly string[],
  layout: Layout,
): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map();
  const { values, types } = boundValues([{ type: "texts", value: ids }]);
  const sql = "SELECT id, region FROM profiles WHERE id IN (SELECT unnest($1))";
  const rows = (await connection.runAndReadAll(sql, values, types)).getRows();
  return new Map(rows.map(([id, code]) => [String(id), regionOf(code, layout)]));
}

/** Every profile, some 2,000 at a time. */
export async function* streamProfiles(connection: DuckDBConnection, layout: Layout): AsyncGenerator<Profile[]> {
  const result = await connection.stream("SELECT * FROM profiles");
  const names = result.deduplicatedColumnNames();
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return;
    yield chunk.getRowObjects(names).map((row) => profileOf((column) => cellOf(row[column]), layout));
  }
}

export async function readIds(connection: DuckDBConnection, prefix: string, limit: number): Promise<string[]> {
  const reader = await connection.runAndReadAll(
    "SELECT id FROM profiles WHERE starts_with(id, $1) ORDER BY id LIMIT $2::BIGINT",
    [prefix, limit],
  );
  return reader.getRows().map(([id]) => String(id));
}

export async function readByRegion(connection: DuckDBConnection, layout: Layout) {
  const reader = await connection.runAndReadAll(
    "SELECT region, count(*) AS customers FROM profiles GROUP BY region ORDER BY customers DESC, region",
  );
  return reader.getRows().map(([code, customers]) => ({
    region: regionOf(code, layout),
    customers: Number(customers),
  }));
}

export async function readStatistics(
  connection: DuckDBConnection,
  attribute: string,
  layout: Layout,
): Promise<AttributeStatistics> {
  const column = layout.attributes.get(attribute);
  if (!column) throw notFound("attribute", attribute);
  if (column.storage === "bits") return bitStatistics(connection, column);
  const name = quoteIdentifier(column.column);
  const isOrdered = column.storage === "number" || column.storage === "instant";
  const bounds = isOrdered ? `min(${name}), max(${name})` : "NULL, NULL";
  const reader = await connection.runAndReadAll(`SELECT count(*), count(*) - count(${name}), ${bounds} FROM profiles`);
  const [customers, missing, least, greatest] = reader.getRows()[0] ?? [];
  return {
    customers: Number(customers),
    missing: Number(missing),
    values: isOrdered ? [] : await frequentValues(connection, column),
    ...(least === null || least === undefined ? {} : { least: Number(least), greatest: Number(greatest) }),
  };
}

export async function readQuantiles(
  connection: DuckDBConnection,
  attribute: string,
  parts: number,
  layout: Layout,
): Promise<readonly number[]> {
  const column = layout.attributes.get(attribute);
  if (!column) throw notFound("attribute", attribute);
  if (column.storage !== "number") throw notNumeric(attribute);
  const reader = await connection.runAndReadAll(
    `SELECT unnest(quantile_cont(${quoteIdentifier(column.column)}, [${quantilePoints(parts).join(", ")}])) FROM profiles`,
  );
  return reader.getRows().map(([value]) => Number(value));
}

async function frequentValues(connection: DuckDBConnection, column: Exclude<SqlColumn, BitColumns>) {
  const name = quoteIdentifier(column.column);
  const value = column.storage === "texts" ? `unnest(${name})` : name;
  const reader = await connection.runAndReadAll(
    `SELECT value, count(*) AS customers FROM (SELECT ${value} AS value FROM profiles)
     WHERE value IS NOT NULL GROUP BY value ORDER BY customers DESC, value LIMIT ${mostValues}`,
  );
  return reader.getRows().map(([found, customers]) => ({
    value: column.storage === "code" ? (nameOf(column.codes, Number(found)) ?? "") : String(found),
    customers: Number(customers),
  }));
}

async function bitStatistics(
  connection: DuckDBConnection,
  { columns, bits }: BitColumns,
): Promise<AttributeStatistics> {
  const counts = [...bits.values()].map((bit) => {
    const word = quoteIdentifier(columns[bit >> 6] ?? "");
    return `, count_if((${word} & ${1n << BigInt(bit & 63)}::UBIGINT) <> 0)`;
  });
  const first = quoteIdentifier(columns[0] ?? "");
  const reader = await connection.runAndReadAll(
    `SELECT count(*), count(*) - count(${first})${counts.join("")} FROM profiles`,
  );
  const [customers, missing, ...found] = (reader.getRows()[0] ?? []).map(Number);
  const values = [...bits.keys()]
    .map((value, index) => ({ value, customers: found[index] ?? 0 }))
    .filter((each) => each.customers > 0)
    .sort((a, b) => b.customers - a.customers || (a.value < b.value ? -1 : 1))
    .slice(0, mostValues);
  return { customers: customers ?? 0, missing: missing ?? 0, values };
}

function regionOf(code: DuckDBValue | undefined, { region }: Layout): string | null {
  return typeof code === "number" ? (nameOf(region.codes, code) ?? null) : null;
}

function cellOf(value: DuckDBValue | undefined): Cell {
  if (value === undefined || value === null) return null;
  if (value instanceof DuckDBListValue) return value.items.map(String);
  if (typeof value === "object") throw new Error("A profile's column holds a value of an unexpected type.");
  return value;
}
