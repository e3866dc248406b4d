import { verifyAudit } from "../audit/server/verify-audit";
import type { Database } from "../server/database";

export type LineFault = string;

/**
 * What must hold of an environment whatever happened meanwhile: revisions without a gap up to its head, each with one
 * release; every release with its entry in the audit and every entry with its release, in the same order; one release
 * of each segment current; a chain that holds. Empty where all of it does.
 */
export async function faultsOfLine(db: Database, environmentKey: string): Promise<LineFault[]> {
  const environment = await db.environment.findUniqueOrThrow({ where: { key: environmentKey } });
  const revisions = await db.revision.findMany({ where: { environmentKey }, orderBy: { number: "asc" } });
  const releases = await db.release.findMany({ where: { environmentKey }, orderBy: { revision: "asc" } });
  const entries = await db.auditEntry.findMany({ where: { action: "segment.released" }, orderBy: { sequence: "asc" } });
  const told = entries.map(({ after }) => after).filter((after) => isOf(after, environmentKey));
  const counted = Array.from({ length: environment.revision }, (_, index) => index + 1);
  const current = Map.groupBy(
    releases.filter(({ endedAt }) => endedAt === null),
    ({ segmentId }) => segmentId,
  );
  const chain = await verifyAudit(db);
  return [
    ...differs(
      "revisions",
      counted,
      revisions.map(({ number }) => number),
    ),
    ...differs(
      "releases",
      counted,
      releases.map(({ revision }) => revision),
    ),
    ...differs(
      "entries of the audit",
      counted,
      told.map((after) => after.revision),
    ),
    ...[...current].flatMap(([segmentId, rows]) =>
      rows.length > 1 ? [`${segmentId} has ${rows.length} current releases`] : [],
    ),
    ...(chain.ok ? [] : [`the chain breaks at ${JSON.stringify(chain.brokenAt)}`]),
  ];
}

function isOf(after: unknown, environment: string): after is { readonly revision: number } {
  return typeof after === "object" && after !== null && "environment" in after && after.environment === environment;
}

function differs(what: string, wanted: readonly number[], found: readonly number[]): LineFault[] {
  const at = wanted.findIndex((number, index) => found[index] !== number);
  if (at < 0 && found.length === wanted.length) return [];
  return [`${what}: ${found.length} instead of ${wanted.length}, not as counted from ${at < 0 ? wanted.length : at}`];
}
