import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import type { SqlStatement } from "../../rules/sql-statement";
import type { QueryOptions } from "../engine";
import { boundValues, interruptible } from "./run-statement";

/** The rows of a statement as they come, some 2,000 at a time, as columns. Takes and closes a connection of its own. */
export async function* streamColumns(
  connect: () => Promise<DuckDBConnection>,
  { sql, parameters }: SqlStatement,
  { signal }: QueryOptions = {},
): AsyncGenerator<readonly (readonly DuckDBValue[])[]> {
  const connection = await connect();
  try {
    const { values, types } = boundValues(parameters);
    const result = await interruptible(connection, { signal }, () => connection.stream(sql, values, types));
    for (;;) {
      const chunk = await interruptible(connection, { signal }, () => result.fetchChunk());
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk.getColumns();
    }
  } finally {
    connection.closeSync();
  }
}

/** Pages of the first column, as texts. */
export async function* streamIds(
  connect: () => Promise<DuckDBConnection>,
  statement: SqlStatement,
  options?: QueryOptions,
): AsyncGenerator<readonly string[]> {
  for await (const [ids = []] of streamColumns(connect, statement, options)) yield ids.map(String);
}
