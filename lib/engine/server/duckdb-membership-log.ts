import type { DuckDBConnection } from "@duckdb/node-api";
import { duckDbDialect } from "../../rules/duckdb";
import { sqlParameters } from "../../rules/duckdb-layout";
import type { SqlParameters } from "../../rules/sql-statement";
import { type SqlDialect, treeSql } from "../../rules/sql-tree";
import { type Layout, regionOwner } from "../duckdb/layout";
import { duckDbSpot } from "../duckdb/membership-log";
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
import type { ConnectionLane } from "./connection-lane";
import { inTransaction } from "./layout-store";
import { boundValues, interruptible, readRows } from "./run-statement";
import { streamColumns, streamIds } from "./stream-columns";

/** Runs on the connection that writes the log. `layout` is asked for once the transaction sees what it will see. */
export async function materialise(
  connection: DuckDBConnection,
  of: Materialisation,
  layout: () => Layout,
  { signal }: QueryOptions = {},
): Promise<Moves> {
  if (of.segments.length === 0) return movesOf([]);
  return interruptible(connection, { signal }, () =>
    inTransaction(connection, async () => {
      requireLaterRevision(of, await bound(connection, (parameters) => newestFromSql(of, parameters)));
      const known = layout();
      if (of.customers) await putApart(connection, of.customers);
      const profiles = of.customers ? "touched_profiles" : "profiles";
      const only = of.customers ? { only: "id IN (FROM touched)" } : {};
      for (const segments of chunksOf(of.segments, segmentsAtOnce)) {
        await bound(connection, (parameters) => {
          const dialect = duckDbDialect(known, of.asOf, parameters);
          const membersSql = wantedSql(segments, profiles, dialect, parameters);
          const wanted = { segments: segments.map(({ segment }) => segment), membersSql, spot: duckDbSpot, ...only };
          return writeMovesSql(of, wanted, parameters);
        });
      }
      return movesOf(await bound(connection, (parameters) => countMovesSql(of, parameters)));
    }),
  );
}

/** Whoever is looked at, so that each segment's rule reads only them. */
async function putApart(connection: DuckDBConnection, customers: readonly string[]): Promise<void> {
  const { values, types } = boundValues([{ type: "texts", value: customers }]);
  await connection.run("CREATE TEMP TABLE touched AS SELECT DISTINCT unnest($1) AS id", values, types);
  await connection.run("CREATE TEMP TABLE touched_profiles AS SELECT * FROM profiles WHERE id IN (FROM touched)");
}

function wantedSql(
  segments: Materialisation["segments"],
  profiles: string,
  dialect: SqlDialect,
  parameters: SqlParameters,
): string | null {
  const members = segments.flatMap(({ segment, rule }) => {
    if (rule === null) return [];
    const name = parameters.add({ type: "text", value: segment });
    return [`SELECT ${name} AS segment, id, region FROM ${profiles} WHERE ${treeSql(rule.tree, dialect)}`];
  });
  if (members.length === 0) return null;
  return `SELECT segment, id, coalesce(value, '') AS region FROM (${members.join(" UNION ALL ")}) AS found
    LEFT JOIN dictionary ON owner = '${regionOwner}' AND code = region`;
}

async function bound(connection: DuckDBConnection, sql: (parameters: SqlParameters) => string) {
  const parameters = sqlParameters();
  const statement = sql(parameters);
  return readRows(connection, { sql: statement, parameters: parameters.list });
}

export function membersAt(
  lane: Pick<ConnectionLane, "connect">,
  of: Parameters<Engine["membersAt"]>[0],
  options?: QueryOptions,
): AsyncIterable<readonly string[]> {
  const parameters = sqlParameters();
  return streamIds(lane, () => ({ sql: membersAtSql(of, parameters), parameters: parameters.list }), options);
}

export async function* changesBetween(
  lane: Pick<ConnectionLane, "connect">,
  of: Parameters<Engine["changesBetween"]>[0],
  options?: QueryOptions,
): AsyncGenerator<readonly MembershipChange[]> {
  const parameters = sqlParameters();
  const statement = { sql: changesBetweenSql(of, parameters), parameters: parameters.list };
  for await (const columns of streamColumns(lane, () => statement, options))
    yield (columns[0] ?? []).map((_, row) => changeOf(columns.map((column) => column[row])));
}

export async function membershipsOf(
  connection: DuckDBConnection,
  environment: string,
  customerId: string,
): Promise<MembershipMove[]> {
  const rows = await bound(connection, (parameters) => lineOfSql(environment, customerId, parameters, duckDbSpot));
  return lineOf(rows);
}

export async function turnover(connection: DuckDBConnection, of: Parameters<Engine["turnover"]>[0]): Promise<Turnover> {
  return turnoverOf(await bound(connection, (parameters) => turnoverSql(of, parameters)));
}

/** Runs on the connection that writes the log. */
export async function forgetBeyond(
  connection: DuckDBConnection,
  of: Parameters<Engine["forgetBeyond"]>[0],
): Promise<void> {
  await bound(connection, (parameters) => `DELETE FROM ${logTable} WHERE ${linesBeyond(of, parameters)}`);
}

/** Runs on the connection that writes the log. */
export async function compact(connection: DuckDBConnection, of: Parameters<Engine["compact"]>[0]): Promise<void> {
  if (of.upTo <= (await floor(connection, of.environment))) return;
  await inTransaction(connection, async () => {
    await bound(
      connection,
      (parameters) => `DELETE FROM ${logTable} USING (${outlivedSql(of, "*", parameters)}) AS gone
        WHERE ${logTable}.environment = ${parameters.add({ type: "text", value: of.environment })}
          AND ${["segment", "revision", "id", "region"].map((name) => `${logTable}.${name} = gone.${name}`).join(" AND ")}`,
    );
    for (const sql of [
      `DELETE FROM ${floorTable} WHERE environment = $1`,
      `INSERT INTO ${floorTable} VALUES ($1, ${integer(of.upTo)})`,
    ])
      await connection.run(sql, [of.environment]);
  });
}

export async function floor(connection: DuckDBConnection, environment: string): Promise<number> {
  return greatest(connection, floorTable, environment);
}

export async function newestLogged(connection: DuckDBConnection, environment: string): Promise<number> {
  const [logged, lowest] = [await greatest(connection, logTable, environment), await floor(connection, environment)];
  return Math.max(logged, lowest);
}

async function greatest(connection: DuckDBConnection, table: string, environment: string): Promise<number> {
  const reader = await connection.runAndReadAll(
    `SELECT coalesce(max(revision), 0) FROM ${table} WHERE environment = $1`,
    [environment],
  );
  return Number(reader.getRows()[0]?.[0]);
}
