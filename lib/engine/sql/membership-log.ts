import { DomainError } from "../../errors";
import type { SqlParameters } from "../../rules/sql-statement";
import type {
  ChangesBetween,
  LoggedSegment,
  Materialisation,
  MembersAt,
  MembershipChange,
  MembershipMove,
  Moves,
  Turnover,
} from "../membership-records";
import type { SqlRow } from "./question";

/**
 * The log has a row for each customer who entered (`change` 1) or left (-1): `environment`, `segment`, `revision`,
 * `id`, `region`, `change`, `cause`. The region is where the customer resided then: a member who moves to another one
 * leaves there and enters here with one revision, so that each region's readers are told all of what concerns them, and
 * all others, who add changes up, nothing. Rows are only added, but for what `forgetBeyond` and `compact` take away.
 */
export const logTable = "membership_log";
/** By environment the oldest revision of which the log still knows the members. */
export const floorTable = "membership_floor";

/** How many segments one statement writes: a statement of hundreds of rules is slow to read. */
export const segmentsAtOnce = 32;

/** Members are those who entered once more than they left. A snapshot is one pass without joins. */
export function membersAtSql(of: MembersAt, parameters: SqlParameters): string {
  const after = of.after === undefined ? "" : `AND id > ${parameters.add({ type: "text", value: of.after })}`;
  return `SELECT id FROM ${logTable} WHERE ${linesOf(of, parameters)} AND revision <= ${integer(of.revision)}
    ${isIn("region", of.regions, parameters)} ${isIn("id", of.among, parameters)} ${after}
    GROUP BY id HAVING sum(change) > 0 ORDER BY id ${limitTo(of.limit)}`;
}

/** Of some segments the members, as rows of `segment`, `id`, `region`; null for nobody. */
export type Wanted = {
  readonly segments: readonly string[];
  readonly membersSql: string | null;
  /** A test of `id`: everybody else stays what they are. */
  readonly only?: string;
  readonly spot?: Spot;
};

/**
 * Where the log has a column `spot`: the number that it holds for the expression of an id. Comparing numbers finds the
 * few rows of one customer several times as fast as comparing texts.
 */
export type Spot = (id: string) => string;

/** Adds the rows that turn the segments' members in the log into those who are wanted. */
export function writeMovesSql(
  of: Omit<Materialisation, "segments">,
  { segments, membersSql, only, spot }: Wanted,
  parameters: SqlParameters,
): string {
  const [environment, cause] = [of.environment, of.cause].map((value) => parameters.add({ type: "text", value }));
  const logged = `SELECT segment, id, region, -change AS delta FROM ${logTable}
    WHERE ${linesIn({ environment: of.environment, segments }, parameters)} ${only === undefined ? "" : `AND ${only}`}`;
  const wanted =
    membersSql === null ? "" : `UNION ALL SELECT segment, id, region, 1 AS delta FROM (${membersSql}) AS members`;
  const [spotColumn, spotValue] = spot ? [", spot", `, ${spot("id")}`] : ["", ""];
  return `INSERT INTO ${logTable} (environment, segment, revision, id, region, change, cause${spotColumn})
    SELECT ${environment}, segment, ${integer(of.revision)}, id, region, moved, ${cause}${spotValue} FROM (
      SELECT segment, id, region, sum(delta) AS moved FROM (${logged} ${wanted}) AS moves
      GROUP BY segment, id, region HAVING sum(delta) <> 0) AS written ORDER BY segment, id`;
}

/** One row: how many entered, left, and only moved to another region with a revision. */
export function countMovesSql(of: Omit<Materialisation, "segments">, parameters: SqlParameters): string {
  const moved = `SELECT segment, id, region, sum(change) AS own FROM ${logTable}
    WHERE environment = ${parameters.add({ type: "text", value: of.environment })} AND revision = ${integer(of.revision)}
    GROUP BY segment, id, region HAVING sum(change) <> 0`;
  const [entered, left, relocated] = ["> 0", "< 0", "= 0"].map((is) => `sum(CASE WHEN net ${is} THEN 1 ELSE 0 END)`);
  return `SELECT ${entered}, ${left}, ${relocated} FROM (
    SELECT sum(own) AS net FROM (${moved}) AS rows_moved GROUP BY segment, id) AS customers_moved`;
}

export function movesOf([row]: readonly SqlRow[]): Moves {
  const [entered, left, relocated] = row ?? [];
  return { entered: Number(entered ?? 0), left: Number(left ?? 0), relocated: Number(relocated ?? 0) };
}

/** Rows of `revision`, `segment`, `id`, the change and its cause. */
export function changesBetweenSql(of: ChangesBetween, parameters: SqlParameters): string {
  return `SELECT revision, segment, id, sum(change) AS moved, max(cause) AS why FROM ${logTable}
    WHERE environment = ${parameters.add({ type: "text", value: of.environment })}
      AND revision > ${integer(of.after)} AND revision <= ${integer(of.upTo)}
      ${isIn("region", of.regions, parameters)} ${isBehind(of.behind, parameters)}
    GROUP BY revision, segment, id HAVING sum(change) <> 0 ORDER BY revision, segment, id ${limitTo(of.limit)}`;
}

function isBehind(place: ChangesBetween["behind"], parameters: SqlParameters): string {
  if (place === undefined) return "";
  const revision = integer(place.revision);
  const [segment, id] = [place.segment, place.customerId].map((value) => parameters.add({ type: "text", value }));
  return `AND (revision > ${revision} OR (revision = ${revision}
    AND (segment > ${segment} OR (segment = ${segment} AND id > ${id}))))`;
}

function limitTo(rows: number | undefined): string {
  return rows === undefined ? "" : `LIMIT ${integer(rows)}`;
}

/** The rows of one customer as they were written: they are few, and to add them up here costs more than to find them. */
export function lineOfSql(environment: string, customerId: string, parameters: SqlParameters, spot?: Spot): string {
  const id = parameters.add({ type: "text", value: customerId });
  return `SELECT revision, segment, id, change, cause FROM ${logTable}
    WHERE ${spot ? `spot = ${spot(id)} AND` : ""} environment = ${parameters.add({ type: "text", value: environment })}
      AND id = ${id}`;
}

/** What the rows of one customer add up to, the oldest first. */
export function lineOf(rows: readonly SqlRow[]): MembershipMove[] {
  const atOnce = Map.groupBy(rows, ([revision, segment]) => `${revision} ${segment}`);
  return [...atOnce.values()]
    .flatMap(([first = [], ...others]) => {
      const sum = others.reduce(added, first);
      const { customerId: _, ...move } = changeOf(sum);
      return Number(sum[3]) === 0 ? [] : [move];
    })
    .sort((a, b) => a.revision - b.revision || (a.segment < b.segment ? -1 : 1));
}

function added([revision, segment, id, change, cause]: SqlRow, [, , , other, why]: SqlRow): SqlRow {
  return [revision, segment, id, Number(change) + Number(other), String(cause) > String(why) ? cause : why];
}

/** One row: the members before, who entered since, who left. */
export function turnoverSql(
  of: LoggedSegment & { readonly after: number; readonly upTo: number },
  parameters: SqlParameters,
): string {
  const counts = ["was > 0", "was <= 0 AND is_now > 0", "was > 0 AND is_now <= 0"].map(
    (holds) => `sum(CASE WHEN ${holds} THEN 1 ELSE 0 END)`,
  );
  return `SELECT ${counts.join(", ")} FROM (
    SELECT sum(CASE WHEN revision <= ${integer(of.after)} THEN change ELSE 0 END) AS was, sum(change) AS is_now
    FROM ${logTable} WHERE ${linesOf(of, parameters)} AND revision <= ${integer(of.upTo)} GROUP BY id) AS lines`;
}

export function turnoverOf([row]: readonly SqlRow[]): Turnover {
  const [before, entered, left] = row ?? [];
  return { before: Number(before ?? 0), entered: Number(entered ?? 0), left: Number(left ?? 0) };
}

/** A row of `changesBetweenSql`. */
export function changeOf([revision, segment, id, change, cause]: SqlRow): MembershipChange {
  return {
    revision: Number(revision),
    segment: String(segment),
    customerId: String(id),
    change: Number(change) > 0 ? "entered" : "left",
    cause: String(cause),
  };
}

/**
 * The rows up to a revision that its members do not need, as `columns` of each: what is left is of every member there
 * the row with which they entered last.
 */
export function outlivedSql(
  of: { readonly environment: string; readonly upTo: number },
  columns: string,
  parameters: SqlParameters,
): string {
  const line = "(PARTITION BY segment, id, region)";
  return `SELECT ${columns} FROM (
    SELECT *, sum(own) OVER ${line} AS held, max(revision) OVER ${line} AS newest FROM (
      ${linesUpToSql(of, parameters)}) AS lines) AS outlived
    WHERE NOT (held > 0 AND revision = newest)`;
}

function linesUpToSql({ environment, upTo }: { environment: string; upTo: number }, parameters: SqlParameters): string {
  return `SELECT segment, revision, id, region, sum(change) AS own, max(cause) AS why FROM ${logTable}
    WHERE environment = ${parameters.add({ type: "text", value: environment })} AND revision <= ${integer(upTo)}
    GROUP BY segment, revision, id, region HAVING sum(change) <> 0`;
}

export function linesOf({ environment, segment }: LoggedSegment, parameters: SqlParameters): string {
  return linesIn({ environment, segments: [segment] }, parameters);
}

export function linesIn(
  { environment, segments }: { readonly environment: string; readonly segments: readonly string[] },
  parameters: SqlParameters,
): string {
  const names = segments.map((value) => parameters.add({ type: "text", value }));
  return `environment = ${parameters.add({ type: "text", value: environment })} AND segment IN (${names.join(", ")})`;
}

function isIn(column: string, values: readonly string[] | undefined, parameters: SqlParameters): string {
  if (values === undefined) return "";
  if (values.length === 0) return "AND FALSE";
  return `AND ${column} IN (${values.map((value) => parameters.add({ type: "text", value })).join(", ")})`;
}

/** The lines that were never committed. */
export function linesBeyond(
  { environment, revision }: { readonly environment: string; readonly revision: number },
  parameters: SqlParameters,
): string {
  return `environment = ${parameters.add({ type: "text", value: environment })} AND revision > ${integer(revision)}`;
}

/** Written into the statement, so that it is compared as an integer. */
export function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new DomainError("invalid", `A revision is a whole number, not ${value}.`);
  return String(value);
}

/** A row of a segment's name and revision that is not before the one to be written; none where all is well. */
export function newestFromSql(of: Materialisation, parameters: SqlParameters): string {
  const segments = of.segments.map(({ segment }) => segment);
  return `SELECT segment, revision FROM ${logTable}
    WHERE ${linesIn({ environment: of.environment, segments }, parameters)} AND revision >= ${integer(of.revision)}
    GROUP BY segment, revision, id, region HAVING sum(change) <> 0 ORDER BY revision DESC LIMIT 1`;
}

export function requireLaterRevision(of: Materialisation, [found]: readonly SqlRow[]): void {
  if (!found) return;
  const [segment, newest] = found.map(String);
  throw new DomainError(
    "conflict",
    `The log of segment "${segment}" in ${of.environment} has come to revision ${newest}; revision ${of.revision} cannot be added behind it.`,
    { reason: "revision-not-later" },
  );
}
