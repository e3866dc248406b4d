import type { DuckDBConnection } from "@duckdb/node-api";
import type { ErasedCustomers } from "../../audit/server/erased-customers";
import { mergeTable } from "../../engine/duckdb/merges";
import type { Engine } from "../../engine/engine";
import { boundValues } from "../../engine/server/run-statement";

/** Staged rows of who was merged become rows of who they are now. */
export async function nameCurrent(connection: DuckDBConnection, engine: Pick<Engine, "mergedInto">): Promise<void> {
  const found = await connection.runAndReadAll(
    `SELECT DISTINCT id FROM staging JOIN ${mergeTable} ON origin = id WHERE bad = 0`,
  );
  if (found.currentRowCount === 0) return;
  const current = await engine.mergedInto(found.getRows().map(([id]) => String(id)));
  const { values, types } = boundValues([
    { type: "texts", value: [...current.keys()] },
    { type: "texts", value: [...current.values()] },
  ]);
  await connection.run(
    `UPDATE staging SET id = named.target FROM (SELECT unnest($1) AS origin, unnest($2) AS target) AS named
     WHERE staging.id = named.origin AND bad = 0`,
    values,
    types,
  );
}

/** Takes the rows of who was erased out of staging; they are nowhere quoted. Gives how many there were. */
export async function dropErased(connection: DuckDBConnection, erased: ErasedCustomers): Promise<number> {
  if (!(await erased.isAnybody())) return 0;
  const gone: string[] = [];
  const result = await connection.stream("SELECT id FROM staging WHERE bad = 0");
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
    gone.push(...(await erased.among(chunk.getColumnValues(0).map(String))));
  if (gone.length === 0) return 0;
  const { values, types } = boundValues([{ type: "texts", value: gone }]);
  const deleted = await connection.run(
    "DELETE FROM staging WHERE bad = 0 AND id IN (SELECT unnest($1))",
    values,
    types,
  );
  return deleted.rowsChanged;
}
