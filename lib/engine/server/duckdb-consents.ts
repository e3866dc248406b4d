import { BIGINT, type DuckDBConnection, VARCHAR } from "@duckdb/node-api";
import { statementOfCells } from "../consent-statement";
import type { ConsentStatement } from "../engine";
import { appendRows } from "./append-rows";
import { boundValues } from "./run-statement";

/** Everything that the customers have said, in no order. */
export async function readStatements(
  connection: DuckDBConnection,
  customers: readonly string[],
): Promise<ConsentStatement[]> {
  if (customers.length === 0) return [];
  const { values, types } = boundValues([{ type: "texts", value: customers }]);
  const sql = `${selectStatements} WHERE customer IN (SELECT unnest($1))`;
  return (await connection.runAndReadAll(sql, values, types)).getRows().map(statementOfCells);
}

/** The newest first. */
export async function consentsOf(connection: DuckDBConnection, customer: string): Promise<ConsentStatement[]> {
  const sql = `${selectStatements} WHERE customer = $1 ORDER BY "at" DESC, received DESC, purpose`;
  return (await connection.runAndReadAll(sql, [customer])).getRows().map(statementOfCells);
}

const selectStatements = 'SELECT customer, purpose, state, "at", source, text FROM consents';

/** In the caller's transaction. `received` is when they became known. */
export async function appendStatements(
  connection: DuckDBConnection,
  statements: readonly ConsentStatement[],
  received: number,
): Promise<void> {
  const columns = { table: "consents", types: [VARCHAR, VARCHAR, VARCHAR, BIGINT, VARCHAR, VARCHAR, BIGINT] };
  await appendRows(connection, columns, statements, ({ customerId, purpose, state, at, source, text }) => [
    ...[customerId, purpose, state, BigInt(at), source],
    ...[text ?? null, BigInt(received)],
  ]);
}
