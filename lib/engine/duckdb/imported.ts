import { quoteIdentifier } from "../../rules/duckdb-layout";
import type { SqlParameters } from "../../rules/sql-statement";
import type { Layout } from "./layout";
import { spelledPurposes } from "./past-profile";

/**
 * Who came with an import carries its number, in a column that costs nothing: that nobody knew them before, and what the
 * file said of purposes, follows from it and their bits until something of them changes. Then it is written out.
 */
export const importColumn = "import_no";

export const createImportTables = `
  CREATE TABLE IF NOT EXISTS imports (no INTEGER NOT NULL, source VARCHAR NOT NULL, "at" BIGINT NOT NULL,
    received BIGINT NOT NULL, consents VARCHAR[] NOT NULL, objections VARCHAR[] NOT NULL);
  ALTER TABLE profiles ADD COLUMN IF NOT EXISTS ${importColumn} INTEGER`;

/** Rows as those of `consents`, of the rows of a table with the columns of `profiles` that `where` chooses. */
export function impliedStatementsSql(table: string, where: string, layout: Layout, parameters: SqlParameters): string {
  const told = ["consents", "objections"].map((set) => `i.${set} AS told_${set}`).join(", ");
  const stands = (["consents", "objections"] as const)
    .map((set) => `${spelledPurposes(layout[set], parameters, table)} AS ${set}`)
    .join(", ");
  const rows = `SELECT ${table}.id, i.source, i."at", i.received, ${told}, ${stands}
    FROM ${table} JOIN imports i ON ${table}.${quoteIdentifier(importColumn)} = i.no WHERE ${where}`;
  const objected = "list_filter(objections, lambda each: list_contains(told_objections, each))";
  const granted =
    "list_filter(consents, lambda each: list_contains(told_consents, each) AND NOT list_contains(objections, each))";
  const said = (state: string, purposes: string) =>
    `SELECT id AS customer, unnest(${purposes}) AS purpose, '${state}' AS state, "at", source, NULL::VARCHAR AS text, received FROM implied`;
  return `(WITH implied AS (${rows}) ${said("objected", objected)} UNION ALL ${said("granted", granted)})`;
}
