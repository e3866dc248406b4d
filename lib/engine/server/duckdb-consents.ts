import { BIGINT, type DuckDBConnection, VARCHAR } from "@duckdb/node-api";
import { sqlParameters } from "../../rules/duckdb-layout";
import type { SqlParameters } from "../../rules/sql-statement";
import { statementOfCells } from "../consent-statement";
import type { ConsentStatement } from "../customer-records";
import { impliedStatementsSql } from "../duckdb/imported";
import type { Layout } from "../duckdb/layout";
import { appendRows } from "./append-rows";
import { readRows } from "./run-statement";

/** Everything that the customers have said, in no order. */
export async function readStatements(
  connection: DuckDBConnection,
  customers: readonly string[],
  layout: Layout,
): Promise<ConsentStatement[]> {
  if (customers.length === 0) return [];
  const parameters = sqlParameters();
  const wanted = `IN (SELECT unnest(${parameters.add({ type: "texts", value: customers })}))`;
  const sql = `SELECT ${told} FROM ${allStatements(wanted, layout, parameters)}`;
  return (await readRows(connection, { sql, parameters: parameters.list })).map(statementOfCells);
}

/** The newest first. */
export async function consentsOf(
  connection: DuckDBConnection,
  customer: string,
  layout: Layout,
): Promise<ConsentStatement[]> {
  const parameters = sqlParameters();
  const wanted = `= ${parameters.add({ type: "text", value: customer })}`;
  const sql = `SELECT ${told} FROM ${allStatements(wanted, layout, parameters)} ORDER BY "at" DESC, received DESC, purpose`;
  return (await readRows(connection, { sql, parameters: parameters.list })).map(statementOfCells);
}

const told = 'customer, purpose, state, "at", source, text';

/** Those that are written out, and those that follow from an import. */
function allStatements(wanted: string, layout: Layout, parameters: SqlParameters): string {
  const implied = impliedStatementsSql("profiles", `profiles.id ${wanted}`, layout, parameters);
  return `(SELECT * FROM consents WHERE customer ${wanted} UNION ALL FROM ${implied}) AS said`;
}

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
