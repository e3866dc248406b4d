import { toPersonSummary } from "../../access/server/person-summary";
import type { ResolvedReference } from "../../rules/references";
import type { Database } from "../../server/database";
import type { NestedChange } from "../history-contract";
import { nestedChanges, type ReferredChange, type StoodOn } from "../nested-changes";

const mostReleases = 50;
const mostChanges = 200;

/** What happened in production to what the segment's last releases there stood on, while each was current. */
export async function loadNestedChanges(db: Database, segmentId: string, production: string): Promise<NestedChange[]> {
  const releases = await db.$queryRaw<StoodOn[]>`
    SELECT "createdAt" AS "from", "endedAt" AS "until", "artefact"->'references' AS "references" FROM "Release"
    WHERE "segmentId" = ${segmentId} AND "environmentKey" = ${production}
      AND jsonb_array_length(coalesce("artefact"->'references', '[]')) > 0
    ORDER BY "revision" DESC LIMIT ${mostReleases}`;
  const oldest = releases.at(-1);
  if (!oldest) return [];
  const keysOf = (kind: ResolvedReference["kind"]) => [
    ...new Set(
      releases.flatMap(({ references }) => references.filter((each) => each.kind === kind).map(({ key }) => key)),
    ),
  ];
  const [released, uploaded] = await Promise.all([
    releasesOf(db, production, keysOf("segment"), oldest.from),
    uploadsOf(db, keysOf("list"), oldest.from),
  ]);
  return nestedChanges(releases, [...released, ...uploaded]).slice(0, mostChanges);
}

async function releasesOf(db: Database, production: string, keys: string[], since: Date): Promise<ReferredChange[]> {
  const rows = await db.release.findMany({
    where: { environmentKey: production, segment: { key: { in: keys } }, createdAt: { gt: since } },
    select: {
      ...{ kind: true, createdAt: true, actor: true },
      segment: { select: { key: true, name: true } },
      version: { select: { number: true } },
    },
    orderBy: { revision: "desc" },
    take: mostChanges,
  });
  return rows.map(({ kind, createdAt, actor, segment, version }) => ({
    ...{ kind: "segment", ...segment, what: kind, version: version.number },
    ...{ actor: toPersonSummary(actor), at: createdAt },
  }));
}

async function uploadsOf(db: Database, keys: string[], since: Date): Promise<ReferredChange[]> {
  const rows = await db.managedListVersion.findMany({
    where: { listKey: { in: keys }, createdAt: { gt: since } },
    select: { number: true, createdAt: true, createdBy: true, list: { select: { key: true, name: true } } },
    orderBy: { createdAt: "desc" },
    take: mostChanges,
  });
  return rows.map(({ number, createdAt, createdBy, list }) => ({
    ...{ kind: "list", ...list, what: "upload", version: number },
    ...{ actor: toPersonSummary(createdBy), at: createdAt },
  }));
}
