import { DomainError } from "../../errors";
import type { SqlParameters } from "../../rules/sql-statement";
import type { LoggedSegment, MembershipChange } from "../engine";
import type { SqlRow } from "./question";

/**
 * The log has a row for each customer who entered (`change` 1) or left (-1): `environment`, `segment`, `revision`,
 * `id`, `change`. Rows are only added, but for what `forgetBeyond` removes, or takes back by rows of the opposite change.
 */
export const logTable = "membership_log";

/** Members are those who entered once more than they left. A snapshot is one pass without joins. */
export function membersAtSql(of: LoggedSegment & { readonly revision: number }, parameters: SqlParameters): string {
  return `SELECT id FROM ${logTable} WHERE ${linesOf(of, parameters)} AND revision <= ${integer(of.revision)}
    GROUP BY id HAVING sum(change) > 0 ORDER BY id`;
}

/** Adds the rows that turn the segment's members in the log into those whom `membersSql` selects; null selects nobody. */
export function writeMovesSql(
  of: LoggedSegment & { readonly revision: number },
  membersSql: string | null,
  parameters: SqlParameters,
): string {
  const [environment, segment] = [of.environment, of.segment].map((value) => parameters.add({ type: "text", value }));
  const logged = `SELECT id, -change AS delta FROM ${logTable} WHERE ${linesOf(of, parameters)}`;
  const wanted = membersSql === null ? "" : `UNION ALL SELECT id, 1 AS delta FROM (${membersSql}) AS members`;
  return `INSERT INTO ${logTable} (environment, segment, revision, id, change)
    SELECT ${environment}, ${segment}, ${integer(of.revision)}, id, change FROM (
      SELECT id, sum(delta) AS change FROM (${logged} ${wanted}) AS moves GROUP BY id HAVING sum(delta) <> 0)`;
}

/** Rows of `revision`, `segment`, `id` and the change. Where rows are only taken back by others, the sum tells. */
export function changesBetweenSql(
  of: { readonly environment: string; readonly after: number; readonly upTo: number },
  parameters: SqlParameters,
): string {
  return `SELECT revision, segment, id, sum(change) AS moved FROM ${logTable}
    WHERE environment = ${parameters.add({ type: "text", value: of.environment })}
      AND revision > ${integer(of.after)} AND revision <= ${integer(of.upTo)}
    GROUP BY revision, segment, id HAVING sum(change) <> 0 ORDER BY revision, segment, id`;
}

/** A row of these. */
export function changeOf([revision, segment, id, change]: SqlRow): MembershipChange {
  return {
    revision: Number(revision),
    segment: String(segment),
    customerId: String(id),
    change: Number(change) > 0 ? "entered" : "left",
  };
}

export function linesOf({ environment, segment }: LoggedSegment, parameters: SqlParameters): string {
  return `environment = ${parameters.add({ type: "text", value: environment })}
    AND segment = ${parameters.add({ type: "text", value: segment })}`;
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

/** `newest` is the segment's greatest revision in the log. */
export function requireLaterRevision(of: LoggedSegment & { readonly revision: number }, newest: number | null): void {
  if (newest === null || of.revision > newest) return;
  throw new DomainError(
    "conflict",
    `The log of segment "${of.segment}" in ${of.environment} has come to revision ${newest}; revision ${of.revision} cannot be added behind it.`,
    { reason: "revision-not-later" },
  );
}
