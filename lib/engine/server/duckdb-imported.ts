import { BIGINT, type DuckDBConnection, LIST, listValue, VARCHAR } from "@duckdb/node-api";
import { sqlParameters } from "../../rules/duckdb-layout";
import { impliedStatementsSql, importColumn } from "../duckdb/imported";
import type { Layout } from "../duckdb/layout";
import { notKnown } from "../past-profile";
import { readRows } from "./run-statement";

export type ImportNote = {
  readonly source: string;
  /** Milliseconds: when the file was given, and when its customers became known. */
  readonly at: number;
  readonly received: number;
  /** The purposes of which it tells consents, and objections. */
  readonly consents: readonly string[];
  readonly objections: readonly string[];
};

/** Gives the number for `import_no` of whoever comes with it. */
export async function noteImport(connection: DuckDBConnection, note: ImportNote): Promise<number> {
  const { source, at, received, consents, objections } = note;
  const noted = await connection.runAndReadAll(
    `INSERT INTO imports SELECT (SELECT coalesce(max(no), 0) + 1 FROM imports), $1, $2, $3, $4, $5 RETURNING no`,
    [source, BigInt(at), BigInt(received), listValue(consents), listValue(objections)],
    [VARCHAR, BIGINT, BIGINT, LIST(VARCHAR), LIST(VARCHAR)],
  );
  return Number(noted.getRows()[0]?.[0]);
}

/** Writes out what follows from their import, before anything of these customers changes; in the caller's transaction. */
export async function settleImported(
  connection: DuckDBConnection,
  { table, ids }: { readonly table: string; readonly ids?: readonly string[] },
  layout: Layout,
): Promise<void> {
  const parameters = sqlParameters();
  const chosen = ids ? `${table}.id IN (SELECT unnest(${parameters.add({ type: "texts", value: ids })}))` : "TRUE";
  const { list } = parameters;
  const isImported = `${table}.${importColumn} IS NOT NULL AND ${chosen}`;
  const [[any] = []] = await readRows(connection, {
    sql: `SELECT count(*) FROM ${table} WHERE ${isImported}`,
    parameters: list,
  });
  if (Number(any) === 0) return;
  await readRows(connection, {
    sql: `INSERT INTO past_profiles SELECT ${table}.id, imports.received, '${notKnown}'
      FROM ${table} JOIN imports ON ${table}.${importColumn} = imports.no WHERE ${chosen}`,
    parameters: list,
  });
  const statements = sqlParameters();
  const again = ids ? `${table}.id IN (SELECT unnest(${statements.add({ type: "texts", value: ids })}))` : "TRUE";
  const sql = `INSERT INTO consents FROM ${impliedStatementsSql(table, again, layout, statements)}`;
  await readRows(connection, { sql, parameters: statements.list });
  await readRows(connection, {
    sql: `UPDATE ${table} SET ${importColumn} = NULL WHERE ${isImported}`,
    parameters: list,
  });
}
