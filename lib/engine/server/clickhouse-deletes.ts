import type { SqlParameters } from "../../rules/sql-statement";
import { deleteFrom, type Spread } from "../clickhouse/tables";
import type { ClickHouse } from "./clickhouse-client";
import { withParameters } from "./clickhouse-profiles";

/** Waits until the rows are gone from every server. The parts of the table that had them are written anew. */
export async function deleteRows(
  server: ClickHouse,
  table: string,
  where: (parameters: SqlParameters) => string,
  spread: Spread | undefined,
): Promise<void> {
  await server.run(withParameters((parameters) => deleteFrom(table, where(parameters), spread)));
}
