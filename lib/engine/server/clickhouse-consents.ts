import { textIn } from "../../rules/clickhouse-texts";
import { consentsTable } from "../clickhouse/tables";
import { statementOfCells } from "../consent-statement";
import type { ConsentStatement } from "../customer-records";
import type { ClickHouse } from "./clickhouse-client";
import { withParameters } from "./clickhouse-profiles";

const told = "customer, purpose, state, at, source, text";
const consentsNow = `${consentsTable.name} FINAL`;

/** Everything that the customers have said, in no order. */
export async function readStatements(server: ClickHouse, customers: readonly string[]): Promise<ConsentStatement[]> {
  if (customers.length === 0) return [];
  const statement = withParameters(
    (parameters) => `SELECT ${told} FROM ${consentsNow} WHERE ${textIn("customer", customers, parameters)}`,
  );
  return (await server.rows(statement)).map(statementOfCells);
}

/** The newest first. */
export async function consentsOf(server: ClickHouse, customer: string): Promise<ConsentStatement[]> {
  const statement = withParameters(
    (parameters) => `SELECT ${told} FROM ${consentsNow} WHERE ${textIn("customer", [customer], parameters)}
      ORDER BY at DESC, received DESC, purpose`,
  );
  return (await server.rows(statement)).map(statementOfCells);
}

/** `received` is when they became known, in milliseconds. */
export async function writeStatements(
  server: ClickHouse,
  statements: readonly ConsentStatement[],
  received: number,
): Promise<void> {
  const rows = statements.map(({ customerId, purpose, state, at, source, text }) => [
    ...[customerId, purpose, state, at, source],
    ...[text ?? null, received],
  ]);
  await server.insert(consentsTable.name, [...told.split(", "), "received"], rows);
}
