import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../../rules/duckdb-layout";
import type { SqlParameter } from "../../rules/sql-statement";
import type { CustomerMove, CustomerReader } from "../customer-move";
import { followMerges } from "../customer-move";
import type { ConsentStatement } from "../customer-records";
import { eventTable } from "../duckdb/event-layout";
import type { Layout } from "../duckdb/layout";
import { mergeTable } from "../duckdb/merges";
import { readKeptMerge } from "../kept-merge";
import { appendStatements, readStatements } from "./duckdb-consents";
import { readEventShapes } from "./duckdb-events";
import { readIdentities, removeIdentities, writeIdentities } from "./duckdb-identities";
import { settleImported } from "./duckdb-imported";
import { keepPast, keepUnknown } from "./duckdb-past-profiles";
import { readProfiles } from "./read-profiles";
import { readRows } from "./run-statement";
import { replaceProfiles } from "./write-profiles";

export function customerReader(connection: DuckDBConnection, layout: Layout): CustomerReader {
  return {
    profiles: (ids) => readProfiles(connection, ids, layout),
    statements: (ids) => readStatements(connection, ids, layout),
    identities: (id) => readIdentities(connection, id),
    async eventIds(id) {
      const found: Record<string, string[]> = {};
      for (const type of (await readEventShapes(connection)).keys()) {
        const sql = `SELECT id FROM ${quoteIdentifier(eventTable(type))} WHERE customer = $1`;
        const rows = await readRows(connection, { sql, parameters: [text(id)] });
        if (rows.length > 0) found[type] = rows.map(([event]) => String(event));
      }
      return found;
    },
    async findMerge(from) {
      const sql = `SELECT target, kept FROM ${mergeTable} WHERE origin = $1`;
      const [[into, kept] = []] = await readRows(connection, { sql, parameters: [text(from)] });
      return kept === undefined ? null : { into: String(into), kept: readKeptMerge(String(kept)) };
    },
  };
}

/** In the caller's transaction. Every value of the profiles is in the layout. */
export async function applyMove(
  connection: DuckDBConnection,
  move: CustomerMove,
  { layout, now }: { readonly layout: Layout; readonly now: number },
): Promise<void> {
  await settleImported(connection, { table: "profiles", ids: [move.merge.from, move.merge.into] }, layout);
  await moveEvents(connection, move.events);
  await removeIdentities(connection, move.identities.removed);
  await writeIdentities(connection, move.identities.added);
  await removeStatements(connection, move.statements.removed);
  await appendStatements(connection, move.statements.added, now);
  await keepPast(connection, { table: "profiles", ids: [move.merge.from, move.merge.into] }, layout, now);
  await keepUnknown(connection, move.made, now);
  await replaceProfiles(connection, move.profiles, layout, now);
  await run(connection, "DELETE FROM profiles WHERE id IN (SELECT unnest($1))", texts(move.gone));
  const { from, into, kept, ends } = move.merge;
  await run(connection, `DELETE FROM ${mergeTable} WHERE origin = $1`, text(from));
  if (!ends)
    await run(
      connection,
      `INSERT INTO ${mergeTable} VALUES ($1, $2, $3)`,
      text(from),
      text(into),
      text(JSON.stringify(kept)),
    );
}

/** Of those who were merged, who they are now. */
export function mergedInto(connection: DuckDBConnection, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const sql = `SELECT origin, target FROM ${mergeTable} WHERE origin IN (SELECT unnest($1))`;
  return followMerges(ids, async (heads) => {
    const rows = await readRows(connection, { sql, parameters: [texts(heads)] });
    return new Map(rows.map(([origin, target]) => [String(origin), String(target)]));
  });
}

async function moveEvents(connection: DuckDBConnection, { to, ids }: CustomerMove["events"]): Promise<void> {
  for (const [type, events] of Object.entries(ids)) {
    const table = quoteIdentifier(eventTable(type));
    await run(connection, `UPDATE ${table} SET customer = $1 WHERE id IN (SELECT unnest($2))`, text(to), texts(events));
  }
}

async function removeStatements(connection: DuckDBConnection, statements: readonly ConsentStatement[]): Promise<void> {
  for (const { customerId, purpose, state, at, source, text: version = "" } of statements)
    await run(
      connection,
      `DELETE FROM consents WHERE customer = $1 AND purpose = $2 AND state = $3 AND "at" = $4 AND source = $5
        AND coalesce(text, '') = $6`,
      ...[customerId, purpose, state].map(text),
      { type: "instant", value: BigInt(at) },
      ...[source, version].map(text),
    );
}

async function run(connection: DuckDBConnection, sql: string, ...parameters: SqlParameter[]): Promise<void> {
  await readRows(connection, { sql, parameters });
}

function text(value: string): SqlParameter {
  return { type: "text", value };
}

function texts(value: readonly string[]): SqlParameter {
  return { type: "texts", value };
}
