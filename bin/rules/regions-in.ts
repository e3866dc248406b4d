import type { Region } from "../../lib/catalogue/definition";
import { readerSql } from "../../lib/customers/server/import-reader";
import { openImportSource } from "../../lib/customers/server/import-source";
import type { DuckDbEngine } from "../../lib/engine/server/duckdb-engine";
import { readRows } from "../../lib/engine/server/run-statement";

/** Every region that a column names, so that residents of others than the segment's are counted and not refused. */
export async function regionsIn(
  engine: DuckDbEngine,
  { file, fileName }: { readonly file: string; readonly fileName: string },
  column: string,
): Promise<ReadonlyMap<string, Region>> {
  const source = await openImportSource(file, fileName);
  const connection = await engine.connect();
  try {
    const cells = await readerSql(connection, source, column, [], []);
    const sql = `SELECT DISTINCT trim(r0) FROM (${cells}) WHERE trim(r0) <> ''`;
    const rows = await readRows(connection, { sql, parameters: [] });
    return new Map(rows.map(([cell]) => [String(cell), { key: String(cell), name: String(cell), description: "" }]));
  } finally {
    connection.closeSync();
    await source.close();
  }
}
