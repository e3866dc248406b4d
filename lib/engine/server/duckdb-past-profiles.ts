import { BIGINT, type DuckDBConnection, type DuckDBValue, VARCHAR } from "@duckdb/node-api";
import type { Profile } from "../../rules/definition";
import { sqlParameters } from "../../rules/duckdb-layout";
import { duckDbEvents } from "../duckdb/event-dialect";
import { importColumn } from "../duckdb/imported";
import type { Layout } from "../duckdb/layout";
import { pastTextSql } from "../duckdb/past-profile";
import { isCustomer } from "../duckdb/profile-spot";
import type { ComputedAttribute } from "../engine";
import { notKnown, pastText, readPast } from "../past-profile";
import { computedAt } from "../profile-at";
import { computedOfSql } from "../sql/computed";
import { appendRows } from "./append-rows";
import { readProfile } from "./read-profiles";
import { boundValues, readRows } from "./run-statement";

/** A table with the columns of `profiles`, whose rows are about to be replaced. */
export type ReplacedProfiles = { readonly table: string; readonly ids?: readonly string[] };

/** Keeps what is stored until `until`, in milliseconds; in the transaction that replaces it. */
export async function keepPast(
  connection: DuckDBConnection,
  { table, ids }: ReplacedProfiles,
  layout: Layout,
  until: number,
): Promise<void> {
  if (ids?.length === 0) return;
  const parameters = sqlParameters();
  const past = pastTextSql(layout, parameters);
  const chosen = ids ? `WHERE id IN (SELECT unnest(${parameters.add({ type: "texts", value: ids })}))` : "";
  const sql = `INSERT INTO past_profiles SELECT id, ${until}, ${past} FROM ${table} ${chosen}`;
  await readRows(connection, { sql, parameters: parameters.list });
}

/** That nobody knew them until then. */
export async function keepUnknown(connection: DuckDBConnection, ids: readonly string[], until: number): Promise<void> {
  await appendRows(connection, pastColumns, ids, (id) => [id, BigInt(until), notKnown]);
}

/** The same of profiles that were read already. */
export async function keepProfiles(
  connection: DuckDBConnection,
  profiles: readonly Profile[],
  until: number,
): Promise<void> {
  await appendRows(connection, pastColumns, profiles, (profile) => [profile.id, BigInt(until), pastText(profile)]);
}

const pastColumns = { table: "past_profiles", types: [VARCHAR, BIGINT, VARCHAR] };

/** As they are stored, unless an import brought them after `asOf`. */
async function readKnown(
  connection: DuckDBConnection,
  { id, asOf, layout }: { readonly id: string; readonly asOf: number; readonly layout: Layout },
): Promise<Profile | null> {
  const came = await connection.runAndReadAll(
    `SELECT 1 FROM profiles JOIN imports ON ${importColumn} = no WHERE ${isCustomer("$1")} AND received > $2`,
    [id, BigInt(Math.floor(asOf))],
    [VARCHAR, BIGINT],
  );
  return came.currentRowCount > 0 ? null : readProfile(connection, id, layout);
}

export async function readProfileAt(
  connection: DuckDBConnection,
  id: string,
  { asOf, layout, computed }: { asOf: number; layout: Layout; computed: readonly ComputedAttribute[] },
): Promise<Profile | null> {
  const past = await connection.runAndReadAll(
    "SELECT profile FROM past_profiles WHERE id = $1 AND until > $2 ORDER BY until, rowid LIMIT 1",
    [id, BigInt(Math.floor(asOf))],
    [VARCHAR, BIGINT],
  );
  const [[text] = []] = past.getRows();
  const stored = typeof text === "string" ? readPast(id, text) : await readKnown(connection, { id, asOf, layout });
  if (!stored) return null;
  return computedAt(stored, computed, async (ofEvent, event) => {
    const parameters = sqlParameters();
    const sql = computedOfSql(ofEvent, { id, asOf }, duckDbEvents(event, asOf, parameters), parameters);
    const { values, types } = boundValues(parameters.list);
    const [row = []]: DuckDBValue[][] = (await connection.runAndReadAll(sql, values, types)).getRows();
    return row;
  });
}
