import { setImmediate as breathe } from "node:timers/promises";
import { type DuckDBConnection, DuckDBDataChunk, type DuckDBType, type DuckDBValue } from "@duckdb/node-api";

const chunkRows = 2_048;

/** Appends in the connection's transaction. `cellsOf` gives a row's cells in the order of the table's columns. */
export async function appendRows<Row>(
  connection: DuckDBConnection,
  { table, types }: { readonly table: string; readonly types: readonly DuckDBType[] },
  rows: readonly Row[],
  cellsOf: (row: Row) => readonly DuckDBValue[],
): Promise<void> {
  const appender = await connection.createAppender(table);
  try {
    for (let from = 0; from < rows.length; from += chunkRows) {
      const cells = rows.slice(from, from + chunkRows).map(cellsOf);
      const chunk = DuckDBDataChunk.create(types, cells.length);
      chunk.setColumns(types.map((_, column) => cells.map((row) => row[column] ?? null)));
      appender.appendDataChunk(chunk);
      await breathe();
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}
