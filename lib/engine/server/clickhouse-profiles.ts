import { notFound } from "../../errors";
import { isMissing } from "../../rules/clickhouse-condition";
import { type ClickHouseColumn, clickHouseParameters, quoteName } from "../../rules/clickhouse-layout";
import { textIn } from "../../rules/clickhouse-texts";
import type { Profile } from "../../rules/definition";
import type { SqlParameters, SqlStatement } from "../../rules/sql-statement";
import type { AttributeStatistics } from "../answers";
import { profilesNow } from "../clickhouse/dialect";
import type { Layout } from "../clickhouse/layout";
import { profileColumns, profileOf, profileRow } from "../clickhouse/profile-row";
import { notNumeric, quantilePoints } from "../quantile-points";
import type { Asking } from "../sql/question";
import type { ClickHouse } from "./clickhouse-client";

const mostValues = 50;

export function plain(sql: string): SqlStatement {
  return { sql, parameters: [] };
}

export function withParameters(sql: (parameters: SqlParameters) => string): SqlStatement {
  const parameters = clickHouseParameters();
  return { sql: sql(parameters), parameters: parameters.list };
}

/** Ids are distinct, every attribute is in the layout. A batch is one part of the table: whoever reads has all or none. */
export async function writeProfiles(
  server: ClickHouse,
  profiles: readonly Profile[],
  version: number,
  layout: Layout,
): Promise<{ inserted: number; updated: number }> {
  const ids = profiles.map(({ id }) => id);
  const known = withParameters(
    (parameters) => `SELECT count() FROM ${profilesNow} WHERE ${textIn("id", ids, parameters)}`,
  );
  const [[found] = []] = await server.rows(known);
  const rows = profiles.map((profile) => profileRow(profile, version, layout));
  await server.insert("profiles", profileColumns(layout).map(quoteName), rows);
  return { inserted: profiles.length - Number(found), updated: Number(found) };
}

export async function readProfiles(server: ClickHouse, ids: readonly string[], layout: Layout): Promise<Profile[]> {
  const columns = profileColumns(layout).map(quoteName).join(", ");
  const statement = withParameters(
    (parameters) => `SELECT ${columns} FROM ${profilesNow} WHERE ${textIn("id", ids, parameters)}`,
  );
  return (await server.rows(statement)).map((row) => profileOf(row, layout));
}

export async function readRegions(
  server: ClickHouse,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map();
  const statement = withParameters(
    (parameters) => `SELECT id, region FROM ${profilesNow} WHERE ${textIn("id", ids, parameters)}`,
  );
  const rows = await server.rows(statement);
  return new Map(rows.map(([id, region]) => [String(id), typeof region === "string" ? region : null]));
}

export async function readIds(server: ClickHouse, prefix: string, limit: number): Promise<string[]> {
  if (!prefix.isWellFormed()) return [];
  const statement = withParameters((parameters) => {
    const wanted = parameters.add({ type: "text", value: prefix });
    const most = parameters.add({ type: "instant", value: BigInt(limit) });
    return `SELECT DISTINCT id FROM profiles WHERE startsWith(id, ${wanted}) ORDER BY id LIMIT ${most}`;
  });
  return (await server.rows(statement)).map(([id]) => String(id));
}

export async function readByRegion(ask: Asking["rows"]) {
  const rows = await ask(
    plain(`SELECT region, count() AS customers FROM ${profilesNow} GROUP BY region ORDER BY customers DESC, region`),
  );
  return rows.map(([region, customers]) => ({
    region: typeof region === "string" ? region : null,
    customers: Number(customers),
  }));
}

export async function readStatistics(
  ask: Asking["rows"],
  attribute: string,
  layout: Layout,
): Promise<AttributeStatistics> {
  const column = layout.attributes.get(attribute);
  if (!column) throw notFound("attribute", attribute);
  const name = quoteName(column.column);
  const isOrdered = column.type === "number" || column.type === "timestamp";
  const bounds = isOrdered ? `min(${name}), max(${name})` : "NULL, NULL";
  const [[customers, missing, least, greatest] = []] = await ask(
    plain(`SELECT count(), countIf(${isMissing(column)}), ${bounds} FROM ${profilesNow}`),
  );
  return {
    customers: Number(customers),
    missing: Number(missing),
    values: isOrdered ? [] : await frequentValues(ask, column),
    ...(least === null || least === undefined ? {} : { least: Number(least), greatest: Number(greatest) }),
  };
}

export async function readQuantiles(
  ask: Asking["rows"],
  attribute: string,
  parts: number,
  layout: Layout,
): Promise<readonly number[]> {
  const column = layout.attributes.get(attribute);
  if (!column) throw notFound("attribute", attribute);
  if (column.type !== "number") throw notNumeric(attribute);
  const name = quoteName(column.column);
  const rows = await ask(
    plain(`SELECT arrayJoin(quantilesExactInclusive(${quantilePoints(parts).join(", ")})(assumeNotNull(${name})))
      FROM ${profilesNow} WHERE isNotNull(${name}) HAVING count() > 0`),
  );
  return rows.map(([value]) => Number(value));
}

async function frequentValues(ask: Asking["rows"], column: ClickHouseColumn) {
  const name = quoteName(column.column);
  const value = column.type === "string_set" ? `arrayJoin(${name})` : name;
  const rows = await ask(
    plain(`SELECT value, count() AS customers FROM (SELECT ${value} AS value FROM ${profilesNow})
      WHERE isNotNull(value) GROUP BY value ORDER BY customers DESC, value LIMIT ${mostValues}`),
  );
  return rows.map(([found, customers]) => ({ value: String(found), customers: Number(customers) }));
}
