import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier, sqlParameters } from "../../rules/duckdb-layout";
import type { SqlParameters } from "../../rules/sql-statement";
import { type CustomerPlace, customerPlaces, totals } from "../customer-places";
import { eventTablePrefix } from "../duckdb/event-layout";
import { attributeOwner, type Layout } from "../duckdb/layout";
import { inTransaction } from "./layout-store";
import { readRows } from "./run-statement";

type Rows = { readonly place: CustomerPlace; readonly rows: number };

/** Rows that name one of the customers, by place; each place is named. */
export async function traces(connection: DuckDBConnection, ids: readonly string[]): Promise<Record<string, number>> {
  return totals((await rowsOf(connection, ids)).map(({ place: { place }, rows }) => ({ place, rows })));
}

/**
 * Takes away every row that names one of the customers, and what only they had from the dictionaries. Tables that had
 * any are written anew: the file keeps the content of a deleted row until its neighbours are written again. What they
 * were is overwritten by `scrubFreeBlocks`. Runs where nobody else writes.
 */
export async function eraseRows(
  connection: DuckDBConnection,
  ids: readonly string[],
  layout: Layout,
): Promise<Record<string, number>> {
  const found = await rowsOf(connection, ids);
  const tables = found.filter(({ rows }) => rows > 0).map(({ place }) => place);
  if (tables.length > 0)
    await inTransaction(connection, async () => {
      for (const place of tables)
        await rewrite(connection, place.table, (parameters) => `NOT coalesce(${names(place, ids, parameters)}, FALSE)`);
      if (tables.some(({ table }) => table === "profiles")) await forgetValues(connection, layout);
    });
  return totals(found.map(({ place: { place }, rows }) => ({ place, rows })));
}

async function rowsOf(connection: DuckDBConnection, ids: readonly string[]): Promise<Rows[]> {
  const reader = await connection.runAndReadAll(
    `SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()
     AND starts_with(table_name, '${eventTablePrefix}') ORDER BY table_name`,
  );
  const counted: Rows[] = [];
  for (const place of customerPlaces(reader.getRows().map(([table]) => String(table)))) {
    const parameters = sqlParameters();
    const sql = `SELECT count(*) FROM ${quoteIdentifier(place.table)} WHERE ${names(place, ids, parameters)}`;
    const [[rows] = []] = await readRows(connection, { sql, parameters: parameters.list });
    counted.push({ place, rows: Number(rows) });
  }
  return counted;
}

function names({ columns }: CustomerPlace, ids: readonly string[], parameters: SqlParameters): string {
  const wanted = parameters.add({ type: "texts", value: ids });
  return columns.map((column) => `${quoteIdentifier(column)} IN (SELECT unnest(${wanted}))`).join(" OR ");
}

/** The same table with the rows for which `kept` holds, in their order. */
async function rewrite(
  connection: DuckDBConnection,
  table: string,
  kept: (parameters: SqlParameters) => string,
): Promise<void> {
  const parameters = sqlParameters();
  const [name, before] = [table, `erasing:${table}`].map(quoteIdentifier);
  const reader = await connection.runAndReadAll(
    "SELECT sql FROM duckdb_tables() WHERE database_name = current_database() AND table_name = $1",
    [table],
  );
  await connection.run(`ALTER TABLE ${name} RENAME TO ${before}`);
  await connection.run(String(reader.getRows()[0]?.[0]));
  const sql = `INSERT INTO ${name} SELECT * FROM ${before} WHERE ${kept(parameters)}`;
  await readRows(connection, { sql, parameters: parameters.list });
  await connection.run(`DROP TABLE ${before}`);
}

/** Codes keep their places, so a value that nobody has any more is one that nobody can have. */
async function forgetValues(connection: DuckDBConnection, layout: Layout): Promise<void> {
  for (const [key, column] of layout.attributes) {
    if (column.storage !== "code" && column.storage !== "bits") continue;
    const held =
      column.storage === "code"
        ? `SELECT DISTINCT ${quoteIdentifier(column.column)} FROM profiles`
        : `SELECT DISTINCT bit FROM profiles, range(${column.bits.size}) AS bits(bit)
           WHERE ([${column.columns.map((each) => `coalesce(${quoteIdentifier(each)}, 0)`).join(", ")}][bit // 64 + 1]
             >> (bit % 64)::UBIGINT) & 1 = 1`;
    await connection.run(
      `UPDATE dictionary SET value = 'erased ' || uuid()
       WHERE owner = $1 AND code NOT IN (SELECT held FROM (${held}) AS holders(held) WHERE held IS NOT NULL)`,
      [attributeOwner(key)],
    );
  }
  await rewrite(connection, "dictionary", () => "TRUE");
}
