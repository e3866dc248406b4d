import type { DuckDBValue } from "@duckdb/node-api";
import type { SqlStatement } from "../../rules/sql-statement";
import type { QueryOptions } from "../engine";
import type { ConnectionLane } from "./connection-lane";
import { boundValues, interruptible } from "./run-statement";

/**
 * The rows of a statement as they come, some 2,000 at a time, as columns. The turn in the lane ends with the stream. The
 * statement is asked for once it is its turn, as what it is made of may change while it waits.
 */
export async function* streamColumns(
  lane: Pick<ConnectionLane, "connect">,
  statement: () => SqlStatement,
  options: QueryOptions = {},
): AsyncGenerator<readonly (readonly DuckDBValue[])[]> {
  const { connection, close } = await lane.connect(options);
  try {
    const { sql, parameters } = statement();
    const { values, types } = boundValues(parameters);
    const result = await interruptible(connection, { signal: options.signal }, () =>
      connection.stream(sql, values, types),
    );
    for (;;) {
      const chunk = await interruptible(connection, { signal: options.signal }, () => result.fetchChunk());
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk.getColumns();
    }
  } finally {
    close();
  }
}

/** Pages of the first column, as texts. */
export async function* streamIds(
  lane: Pick<ConnectionLane, "connect">,
  statement: () => SqlStatement,
  options?: QueryOptions,
): AsyncGenerator<readonly string[]> {
  for await (const [ids = []] of streamColumns(lane, statement, options)) yield ids.map(String);
}
