import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalogue } from "../../catalogue/definition";
import { decidedConsents, withConsents } from "../../engine/consent-statement";
import { type Layout, profileColumns } from "../../engine/duckdb/layout";
import { readStatements } from "../../engine/server/duckdb-consents";
import { keepPast } from "../../engine/server/duckdb-past-profiles";
import { readProfiles } from "../../engine/server/read-profiles";
import { replaceProfiles } from "../../engine/server/write-profiles";
import { type BitColumns, quoteIdentifier } from "../../rules/duckdb-layout";
import type { ImportMapping } from "../import-mapping";
import { type Recorded, type StatedOf, statedPurposes } from "../import-statements";

export type MergedImport = {
  readonly mapping: ImportMapping;
  readonly catalogue: Catalogue;
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
 * merged them. What customers said later than the file, or before anybody knew them, decides all the same.
 */
export async function keepHistory(connection: DuckDBConnection, merged: MergedImport): Promise<void> {
  await keepBefore(connection, merged);
  const waiting = await whoHasSpoken(connection, merged);
  const { mapping, catalogue } = merged;
  for (const stated of statedPurposes(mapping, catalogue))
    await connection.run(statementsSql(stated, merged), [stated.purpose, merged.recorded.source]);
  for (let from = 0; from < waiting.length; from += customersAtOnce)
    await decideAnew(connection, waiting.slice(from, from + customersAtOnce), merged);
}

async function keepBefore(connection: DuckDBConnection, { layout, keepsOld, now }: MergedImport): Promise<void> {
  const fresh = keepsOld ? "AND id NOT IN (SELECT id FROM old)" : "";
  await connection.run(`INSERT INTO past_profiles SELECT id, ${now}, '' FROM staging WHERE bad = 0 ${fresh}`);
  if (!keepsOld) return;
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

/** In SQL what `importedState` says. */
function statementsSql(stated: StatedOf, { layout, keepsOld, recorded: { at }, now }: MergedImport): string {
  const { purpose } = stated;
  const [consents, objects] = [
    isIn("profiles", layout.consents, purpose),
    isIn("profiles", layout.objections, purpose),
  ];
  const [consented, objected] = keepsOld
    ? [isIn("old", layout.consents, purpose), isIn("old", layout.objections, purpose)]
    : ["FALSE", "FALSE"];
  const spoke = "profiles.id IN (SELECT customer FROM consents WHERE purpose = $1)";
  const state = `CASE WHEN ${objects} THEN ${stated.objections ? "'objected'" : "NULL"}
    WHEN ${consents} THEN ${stated.consents ? "'granted'" : `CASE WHEN ${objected} THEN 'granted' END`}
    WHEN ${consented} OR ${objected} OR ${spoke} THEN 'withdrawn' END`;
  const from = keepsOld ? `profiles LEFT JOIN old ON old.id = profiles.id WHERE profiles.id IN (${taken})` : "profiles";
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
  const said = Map.groupBy(await readStatements(connection, customers), ({ customerId }) => customerId);
  const profiles = await readProfiles(connection, customers, layout);
  const decided = profiles.map((profile) => withConsents(profile, decidedConsents(said.get(profile.id) ?? [])));
  await replaceProfiles(connection, decided, layout, now);
}
