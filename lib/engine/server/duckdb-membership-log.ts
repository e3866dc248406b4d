import type { DuckDBConnection } from "@duckdb/node-api";
import { duckDbDialect } from "../../rules/duckdb";
import { sqlParameters } from "../../rules/duckdb-layout";
import { treeSql } from "../../rules/sql-tree";
import type { Layout } from "../duckdb/layout";
import type { Engine, MembershipChange, QueryOptions } from "../engine";
import {
  changeOf,
  changesBetweenSql,
  integer,
  linesBeyond,
  linesOf,
  logTable,
  membersAtSql,
  requireLaterRevision,
  writeMovesSql,
} from "../sql/membership-log";
import type { ConnectionLane } from "./connection-lane";
import { inTransaction } from "./layout-store";
import { interruptible, readRows } from "./run-statement";
import { streamColumns, streamIds } from "./stream-columns";

type Materialised = Parameters<Engine["materialise"]>[0];

/** Runs on the writing connection. */
export async function materialise(
  connection: DuckDBConnection,
  of: Materialised,
  layout: Layout,
  { signal }: QueryOptions = {},
): Promise<{ entered: number; left: number }> {
  return interruptible(connection, { signal }, () =>
    inTransaction(connection, async () => {
      requireLaterRevision(of, await newestRevision(connection, of));
      const parameters = sqlParameters();
      const members =
        of.rule && `SELECT id FROM profiles WHERE ${treeSql(of.rule.tree, duckDbDialect(layout, of.asOf, parameters))}`;
      const sql = writeMovesSql(of, members, parameters);
      await readRows(connection, { sql, parameters: parameters.list });
      return countMoves(connection, of);
    }),
  );
}

async function newestRevision(connection: DuckDBConnection, of: Materialised): Promise<number | null> {
  const parameters = sqlParameters();
  const sql = `SELECT max(revision) FROM ${logTable} WHERE ${linesOf(of, parameters)}`;
  const [[newest] = []] = await readRows(connection, { sql, parameters: parameters.list });
  return typeof newest === "bigint" ? Number(newest) : null;
}

async function countMoves(connection: DuckDBConnection, of: Materialised) {
  const parameters = sqlParameters();
  const sql = `SELECT count_if(change > 0), count_if(change < 0) FROM ${logTable}
    WHERE ${linesOf(of, parameters)} AND revision = ${integer(of.revision)}`;
  const [[entered, left] = []] = await readRows(connection, { sql, parameters: parameters.list });
  return { entered: Number(entered), left: Number(left) };
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
  for await (const [revisions = [], segments = [], ids = [], changes = []] of streamColumns(
    lane,
    () => statement,
    options,
  ))
    yield revisions.map((revision, row) => changeOf([revision, segments[row], ids[row], changes[row]]));
}

/** Runs on the writing connection. */
export async function forgetBeyond(
  connection: DuckDBConnection,
  of: Parameters<Engine["forgetBeyond"]>[0],
): Promise<void> {
  const parameters = sqlParameters();
  const sql = `DELETE FROM ${logTable} WHERE ${linesBeyond(of, parameters)}`;
  await readRows(connection, { sql, parameters: parameters.list });
}
