import type { DuckDBConnection } from "@duckdb/node-api";
import { decidedConsents, withConsents } from "../../engine/consent-statement";
import { type Layout, profileColumns } from "../../engine/duckdb/layout";
import { readStatements } from "../../engine/server/duckdb-consents";
import { settleImported } from "../../engine/server/duckdb-imported";
import { keepPast } from "../../engine/server/duckdb-past-profiles";
import { readProfiles } from "../../engine/server/read-profiles";
import { replaceProfiles } from "../../engine/server/write-profiles";
import { type BitColumns, quoteIdentifier } from "../../rules/duckdb-layout";
import type { Recorded, StatedOf } from "../import-statements";

export type MergedImport = {
  readonly stated: readonly StatedOf[];
  readonly layout: Layout;
  /** Whether `temp.old` holds the customers who were known, as they were. */
  readonly keepsOld: boolean;
  readonly recorded: Recorded;
  /** Milliseconds: when the customers became what they are. */
  readonly now: number;
};

const taken = "SELECT id FROM staging WHERE bad = 0";
const customersAtOnce = 5_000;

/**
 * Keeps what stood of the staged customers before, and what the file says of purposes; in the transaction that has
 * merged them. Of those who came with the file it follows from their import. What customers said later than the file,
 * or before anybody knew them, decides all the same.
 */
export async function keepHistory(connection: DuckDBConnection, merged: MergedImport): Promise<void> {
  const { keepsOld, layout, recorded, stated } = merged;
  if (keepsOld) {
    await settleImported(connection, { table: "old" }, layout);
    await keepChanged(connection, merged);
  }
  const waiting = await whoHasSpoken(connection, merged);
  if (keepsOld || waiting.length > 0)
    for (const each of stated) await connection.run(statementsSql(each, merged), [each.purpose, recorded.source]);
  for (let from = 0; from < waiting.length; from += customersAtOnce)
    await decideAnew(connection, waiting.slice(from, from + customersAtOnce), merged);
}

async function keepChanged(connection: DuckDBConnection, { layout, now }: MergedImport): Promise<void> {
  const differs = profileColumns(layout).map(({ name }) => {
    const column = quoteIdentifier(name);
    return `old.${column} IS DISTINCT FROM profiles.${column}`;
  });
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE changed AS SELECT old.* FROM old JOIN profiles ON old.id = profiles.id
     WHERE ${differs.join(" OR ")}`,
  );
  await keepPast(connection, { table: "changed" }, layout, now);
}

/** In SQL what `importedState` says, but for what follows from the import. */
function statementsSql(stated: StatedOf, { layout, keepsOld, recorded: { at }, now }: MergedImport): string {
  const { purpose } = stated;
  const [consents, objects] = [
    isIn("profiles", layout.consents, purpose),
    isIn("profiles", layout.objections, purpose),
  ];
  const [consented, objected] = keepsOld
    ? [isIn("old", layout.consents, purpose), isIn("old", layout.objections, purpose)]
    : ["FALSE", "FALSE"];
  const isKnown = keepsOld ? "old.id IS NOT NULL" : "FALSE";
  const spoke = "profiles.id IN (SELECT customer FROM consents WHERE purpose = $1)";
  const state = `CASE WHEN ${objects} THEN CASE WHEN ${isKnown} THEN ${stated.objections ? "'objected'" : "NULL"} END
    WHEN ${consents} THEN CASE WHEN ${isKnown} AND ${stated.consents ? "TRUE" : objected} THEN 'granted' END
    WHEN ${consented} OR ${objected} OR ${spoke} THEN 'withdrawn' END`;
  const from = `profiles ${keepsOld ? "LEFT JOIN old ON old.id = profiles.id" : ""} WHERE profiles.id IN (${taken})`;
  return `INSERT INTO consents SELECT id, $1, state, ${at}, $2, NULL, ${now}
    FROM (SELECT profiles.id AS id, ${state} AS state FROM ${from}) WHERE state IS NOT NULL`;
}

function isIn(table: string, { columns, bits }: BitColumns, purpose: string): string {
  const bit = bits.get(purpose);
  if (bit === undefined) return "FALSE";
  const word = `${table}.${quoteIdentifier(columns[bit >> 6] ?? "")}`;
  return `coalesce((${word} & ${1n << BigInt(bit & 63)}::UBIGINT) <> 0, FALSE)`;
}

/** Of the staged, those of whom something was said later than the file, or before they were known. */
async function whoHasSpoken(
  connection: DuckDBConnection,
  { keepsOld, recorded }: MergedImport,
): Promise<readonly string[]> {
  const isNew = keepsOld ? "customer NOT IN (SELECT id FROM old)" : "TRUE";
  const found = await connection.runAndReadAll(
    `SELECT DISTINCT customer FROM consents WHERE customer IN (${taken}) AND ("at" >= ${recorded.at} OR ${isNew})`,
  );
  return found.getRows().map(([customer]) => String(customer));
}

async function decideAnew(
  connection: DuckDBConnection,
  customers: readonly string[],
  { layout, now }: MergedImport,
): Promise<void> {
  const said = Map.groupBy(await readStatements(connection, customers, layout), ({ customerId }) => customerId);
  const profiles = await readProfiles(connection, customers, layout);
  const decided = profiles.map((profile) => withConsents(profile, decidedConsents(said.get(profile.id) ?? [])));
  await replaceProfiles(connection, decided, layout, now);
}
