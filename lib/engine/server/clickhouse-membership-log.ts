import { clickHouseDialect } from "../../rules/clickhouse";
import { treeSql } from "../../rules/sql-tree";
import { profilesNow } from "../clickhouse/dialect";
import type { Layout } from "../clickhouse/layout";
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
import type { ClickHouse } from "./clickhouse-client";
import { withParameters } from "./clickhouse-profiles";

type Materialised = Parameters<Engine["materialise"]>[0];

/** One INSERT writes the line. Should it fail half way, what it has written is taken back. */
export async function materialise(
  server: ClickHouse,
  of: Materialised,
  layout: Layout,
  { signal }: QueryOptions = {},
): Promise<{ entered: number; left: number }> {
  requireLaterRevision(of, await newestFrom(server, of));
  const statement = withParameters((parameters) => {
    const dialect = clickHouseDialect(layout, of.asOf, parameters);
    const members = of.rule && `SELECT id FROM ${profilesNow} WHERE ${treeSql(of.rule.tree, dialect)}`;
    return writeMovesSql(of, members, parameters);
  });
  try {
    await server.run(statement, { signal });
  } catch (error) {
    await takeBack(server, (parameters) => `${linesOf(of, parameters)} AND revision = ${integer(of.revision)}`);
    throw error;
  }
  return countMoves(server, of);
}

/** The greatest revision of the segment that is not before the one to be written. */
async function newestFrom(server: ClickHouse, of: Materialised): Promise<number | null> {
  const statement = withParameters(
    (parameters) => `SELECT revision FROM ${logTable}
      WHERE ${linesOf(of, parameters)} AND revision >= ${integer(of.revision)}
      GROUP BY revision, id HAVING sum(change) <> 0 ORDER BY revision DESC LIMIT 1`,
  );
  const [[newest] = []] = await server.rows(statement);
  return newest === undefined ? null : Number(newest);
}

async function countMoves(server: ClickHouse, of: Materialised) {
  const statement = withParameters(
    (parameters) => `SELECT countIf(moved > 0), countIf(moved < 0) FROM (
      SELECT sum(change) AS moved FROM ${logTable}
      WHERE ${linesOf(of, parameters)} AND revision = ${integer(of.revision)} GROUP BY id)`,
  );
  const [[entered, left] = []] = await server.rows(statement);
  return { entered: Number(entered), left: Number(left) };
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

export async function forgetBeyond(server: ClickHouse, of: Parameters<Engine["forgetBeyond"]>[0]): Promise<void> {
  await takeBack(server, (parameters) => linesBeyond(of, parameters));
}

/** Rows of the opposite change make rows as if they had never been, and one day they are merged away with them. */
async function takeBack(server: ClickHouse, where: Parameters<typeof withParameters>[0]): Promise<void> {
  const statement = withParameters(
    (parameters) => `INSERT INTO ${logTable} (environment, segment, revision, id, change)
      SELECT environment, segment, revision, id, -sum(change) FROM ${logTable} WHERE ${where(parameters)}
      GROUP BY environment, segment, revision, id HAVING sum(change) <> 0`,
  );
  await server.run(statement);
}
