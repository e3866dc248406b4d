import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  type DuckDBValue,
  INTEGER,
  LIST,
  listValue,
  UBIGINT,
  UINTEGER,
  USMALLINT,
  VARCHAR,
} from "@duckdb/node-api";
import type { Profile } from "../../rules/definition";
import { type Layout, profileColumns, type Storage } from "../duckdb/layout";
import { type Cell, profileRow } from "../duckdb/profile-row";
import { profileSpot, spotColumn } from "../duckdb/profile-spot";
import { appendRows } from "./append-rows";
import { settleImported } from "./duckdb-imported";
import type { Additions } from "./grow-layout";
import { inTransaction } from "./layout-store";
import { boundValues } from "./run-statement";

/** Replaces the profiles by id, in one transaction. Ids are distinct, every value is in the layout. */
export async function writeProfiles(
  connection: DuckDBConnection,
  profiles: readonly Profile[],
  layout: Layout,
  now: number,
): Promise<{ inserted: number; updated: number }> {
  return inTransaction(connection, () => replaceProfiles(connection, profiles, layout, now));
}

/** The same in the caller's transaction. */
export async function replaceProfiles(
  connection: DuckDBConnection,
  profiles: readonly Profile[],
  layout: Layout,
  now: number,
): Promise<{ inserted: number; updated: number }> {
  const ids = profiles.map(({ id }) => id);
  await settleImported(connection, { table: "profiles", ids }, layout);
  const { values, types } = boundValues([{ type: "texts", value: ids }]);
  const deleted = await connection.run("DELETE FROM profiles WHERE id IN (SELECT unnest($1))", values, types);
  await appendProfiles(connection, profiles, layout);
  await stampChange(connection, now);
  return { inserted: profiles.length - deleted.rowsChanged, updated: deleted.rowsChanged };
}

export async function stampChange(connection: DuckDBConnection, now: number): Promise<void> {
  await connection.run("UPDATE state SET changed_at = $1", [BigInt(now)], [BIGINT]);
}

async function appendProfiles(
  connection: DuckDBConnection,
  profiles: readonly Profile[],
  layout: Layout,
): Promise<void> {
  const columns = profileColumns(layout);
  // The appender writes columns by their order in the table, which is that of their addition.
  const inTable = await connection.runAndReadAll("SELECT name FROM pragma_table_info('profiles') ORDER BY cid");
  const order = inTable.getRows().map(([name]) => String(name));
  const places = order.map((name) => columns.findIndex((column) => column.name === name));
  const types = order.map((name, at) => {
    const column = columns[places[at] ?? -1]?.column;
    if (column) return cellTypes[column.storage];
    return name === spotColumn ? UINTEGER : INTEGER;
  });
  await appendRows(connection, { table: "profiles", types }, profiles, (profile) => {
    const row = profileRow(profile, layout);
    // What is left is the number of an import: none, as what is written here came otherwise.
    return order.map((name, at) =>
      name === spotColumn ? profileSpot(profile.id) : cellValue(row[places[at] ?? -1] ?? null),
    );
  });
}

export const cellTypes = {
  code: USMALLINT,
  text: VARCHAR,
  number: DOUBLE,
  boolean: BOOLEAN,
  instant: BIGINT,
  bits: UBIGINT,
  texts: LIST(VARCHAR),
} as const satisfies Record<Storage, unknown>;

function cellValue(cell: Cell): DuckDBValue {
  return typeof cell === "object" && cell !== null ? listValue(cell) : cell;
}

/** The values that the profiles bring to the dictionaries. */
export function additionsOf(profiles: readonly Profile[], layout: Layout): Additions {
  const texts = new Map<string, Set<string>>();
  for (const [key, { storage }] of layout.attributes)
    if (storage === "code" || storage === "bits") texts.set(key, new Set());
  const regions = new Set<string>();
  const purposes = new Set<string>();
  for (const profile of profiles) {
    if (profile.region !== undefined) regions.add(profile.region);
    for (const purpose of [...profile.consents, ...profile.objections]) purposes.add(purpose);
    for (const [key, values] of texts) {
      const value = profile.attributes[key];
      if (typeof value === "string") values.add(value);
      else if (Array.isArray(value)) for (const each of value) values.add(each);
    }
  }
  return { regions, purposes, texts };
}
