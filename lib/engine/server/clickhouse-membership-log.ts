import { clickHouseDialect } from "../../rules/clickhouse";
import { textIn } from "../../rules/clickhouse-texts";
import type { SqlParameters } from "../../rules/sql-statement";
import { type SqlDialect, treeSql } from "../../rules/sql-tree";
import { profilesNow } from "../clickhouse/dialect";
import type { Layout } from "../clickhouse/layout";
import { dropTable, membershipTable, type Spread } from "../clickhouse/tables";
import type { Engine, QueryOptions } from "../engine";
import type { Materialisation, MembershipChange, MembershipMove, Moves, Turnover } from "../membership-records";
import {
  changeOf,
  changesBetweenSql,
  countMovesSql,
  floorTable,
  integer,
  lineOf,
  lineOfSql,
  linesBeyond,
  logTable,
  membersAtSql,
  movesOf,
  newestFromSql,
  outlivedSql,
  requireLaterRevision,
  segmentsAtOnce,
  turnoverOf,
  turnoverSql,
  writeMovesSql,
} from "../sql/membership-log";
import { chunksOf } from "./chunks-of";
import type { ClickHouse } from "./clickhouse-client";
import { plain, withParameters } from "./clickhouse-profiles";

/** A table from before the log had regions: nothing was written into it, and its order cannot be another. */
export async function dropOldLog(server: ClickHouse, spread?: Spread): Promise<void> {
  const [[columns, regions] = []] = await server.rows(
    plain(`SELECT count(), countIf(name = 'region') FROM system.columns
      WHERE database = currentDatabase() AND table = '${logTable}'`),
  );
  if (Number(columns) === 0 || Number(regions) > 0) return;
  for (const sql of dropTable(membershipTable, spread)) await server.run(plain(sql));
}

/** One INSERT writes some segments. Should it fail half way, what has been written of the revision is taken back. */
export async function materialise(
  server: ClickHouse,
  of: Materialisation,
  layout: Layout,
  { signal }: QueryOptions = {},
): Promise<Moves> {
  if (of.segments.length === 0) return movesOf([]);
  requireLaterRevision(of, await server.rows(withParameters((parameters) => newestFromSql(of, parameters))));
  try {
    for (const segments of chunksOf(of.segments, segmentsAtOnce)) {
      const statement = withParameters((parameters) => writeSql(of, segments, layout, parameters));
      await server.run(statement, { signal });
    }
  } catch (error) {
    await forgetBeyond(server, { ...of, revision: of.revision - 1 });
    throw error;
  }
  return movesOf(await server.rows(withParameters((parameters) => countMovesSql(of, parameters))));
}

function writeSql(
  of: Materialisation,
  segments: Materialisation["segments"],
  layout: Layout,
  parameters: SqlParameters,
): string {
  const only = of.customers && textIn("id", of.customers, parameters);
  const membersSql = wantedSql(segments, only ?? "TRUE", clickHouseDialect(layout, of.asOf, parameters), parameters);
  const wanted = { segments: segments.map(({ segment }) => segment), membersSql, ...(only ? { only } : {}) };
  return writeMovesSql(of, wanted, parameters);
}

/** Within, the region is known as `home`: ClickHouse takes the name that a SELECT gives for the column in its WHERE. */
function wantedSql(
  segments: Materialisation["segments"],
  only: string,
  dialect: SqlDialect,
  parameters: SqlParameters,
): string | null {
  const members = segments.flatMap(({ segment, rule }) => {
    if (rule === null) return [];
    const name = parameters.add({ type: "text", value: segment });
    const holds = treeSql(rule.tree, dialect);
    return [`SELECT ${name} AS segment, id, region AS home FROM ${profilesNow} WHERE ${only} AND (${holds})`];
  });
  if (members.length === 0) return null;
  return `SELECT segment, id, ifNull(home, '') AS region FROM (${members.join(" UNION ALL ")}) AS found`;
}

export async function* membersAt(
  server: ClickHouse,
  of: Parameters<Engine["membersAt"]>[0],
  { signal }: QueryOptions = {},
): AsyncGenerator<readonly string[]> {
  const statement = withParameters((parameters) => membersAtSql(of, parameters));
  for await (const page of server.pages(statement, { signal })) yield page.map(([id]) => String(id));
}

export async function* changesBetween(
  server: ClickHouse,
  of: Parameters<Engine["changesBetween"]>[0],
  { signal }: QueryOptions = {},
): AsyncGenerator<readonly MembershipChange[]> {
  const statement = withParameters((parameters) => changesBetweenSql(of, parameters));
  for await (const page of server.pages(statement, { signal })) yield page.map(changeOf);
}

export async function membershipsOf(
  server: ClickHouse,
  environment: string,
  customerId: string,
): Promise<MembershipMove[]> {
  const rows = await server.rows(withParameters((parameters) => lineOfSql(environment, customerId, parameters)));
  return lineOf(rows);
}

export async function turnover(server: ClickHouse, of: Parameters<Engine["turnover"]>[0]): Promise<Turnover> {
  return turnoverOf(await server.rows(withParameters((parameters) => turnoverSql(of, parameters))));
}

/** Rows of the opposite change make rows as if they had never been, and one day they are merged away with them. */
export async function forgetBeyond(server: ClickHouse, of: Parameters<Engine["forgetBeyond"]>[0]): Promise<void> {
  const statement = withParameters(
    (parameters) => `INSERT INTO ${logTable} (environment, segment, revision, id, region, change, cause)
      SELECT environment, segment, revision, id, region, -sum(change), max(cause) FROM ${logTable}
      WHERE ${linesBeyond(of, parameters)}
      GROUP BY environment, segment, revision, id, region HAVING sum(change) <> 0`,
  );
  await server.run(statement);
}

/** The floor first: whoever reads meanwhile is told that what goes is gone. */
export async function compact(server: ClickHouse, of: Parameters<Engine["compact"]>[0]): Promise<void> {
  if (of.upTo <= (await floor(server, of.environment))) return;
  await server.insert(floorTable, ["environment", "revision"], [[of.environment, of.upTo]]);
  const statement = withParameters((parameters) => {
    const environment = parameters.add({ type: "text", value: of.environment });
    const outlived = outlivedSql(of, `${environment}, segment, revision, id, region, -own, why`, parameters);
    return `INSERT INTO ${logTable} (environment, segment, revision, id, region, change, cause) ${outlived}`;
  });
  await server.run(statement);
}

export async function floor(server: ClickHouse, environment: string): Promise<number> {
  return greatest(server, `SELECT revision, 1 AS own FROM ${floorTable}`, environment);
}

export async function newestLogged(server: ClickHouse, environment: string): Promise<number> {
  const lines = `SELECT revision, sum(change) AS own FROM ${logTable}`;
  return Math.max(
    await greatest(server, lines, environment, "GROUP BY segment, revision, id, region"),
    await floor(server, environment),
  );
}

/** Of rows that have not been taken back. */
async function greatest(server: ClickHouse, lines: string, environment: string, grouped = ""): Promise<number> {
  const statement = withParameters(
    (parameters) => `SELECT ${integer(0)} + max(revision) FROM (
      ${lines} WHERE environment = ${parameters.add({ type: "text", value: environment })} ${grouped}) AS found
      WHERE own <> 0`,
  );
  const [[found] = []] = await server.rows(statement);
  return Number(found ?? 0);
}
