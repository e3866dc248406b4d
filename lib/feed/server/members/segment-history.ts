import { z } from "zod";
import { type Artefact, takesNobody } from "../../../guards/artefact";
import { frozenArtefacts } from "../../../guards/server/frozen-artefacts";
import type { Database } from "../../../server/database";
import { isInScope, type Scope } from "../../scope";
import type { FeedChange } from "../../wire";

type Served = { readonly revision: number; readonly artefact: Artefact };

/** What was served of each segment: its last release up to a revision, and those behind it, in their order. */
export type SegmentHistory = ReadonlyMap<string, readonly Served[]>;

type Asked = {
  readonly environment: string;
  readonly after: number;
  readonly upTo: number;
  /** Told of beside those that were released between the two revisions. */
  readonly segments: readonly string[];
};
const rowSchema = z.array(z.object({ id: z.string(), revision: z.int() }));

export async function readHistory(db: Database, asked: Asked): Promise<SegmentHistory> {
  const { environment, after, upTo, segments } = asked;
  const rows = rowSchema.parse(
    await db.$queryRaw`
      WITH "since" AS (
        SELECT "id", "segmentId", "revision" FROM "Release"
        WHERE "environmentKey" = ${environment} AND "revision" > ${after} AND "revision" <= ${upTo}),
      "asked" AS (
        SELECT "segmentId" AS "id" FROM "since" UNION SELECT "id" FROM "Segment" WHERE "key" = ANY(${[...segments]}))
      SELECT "id", "revision" FROM "since"
      UNION ALL
      SELECT "before"."id", "before"."revision" FROM "asked" CROSS JOIN LATERAL (
        SELECT "id", "revision" FROM "Release"
        WHERE "segmentId" = "asked"."id" AND "environmentKey" = ${environment} AND "revision" <= ${after}
        ORDER BY "revision" DESC LIMIT 1) AS "before"
      ORDER BY "revision"`,
  );
  const artefacts = await frozenArtefacts(
    db,
    rows.map(({ id }) => id),
  );
  const served = rows.flatMap(({ id, revision }): Served[] => {
    const artefact = artefacts.get(id);
    return artefact ? [{ revision, artefact }] : [];
  });
  return Map.groupBy(served, ({ artefact }) => artefact.key);
}

/** Through which revision a reader can be told of no more than `limit` releases. */
export async function boundReleases(
  db: Database,
  { environment, after, upTo, limit }: Omit<Asked, "segments"> & { readonly limit: number },
): Promise<number> {
  const beyond = await db.release.findFirst({
    where: { environmentKey: environment, revision: { gt: after, lte: upTo } },
    orderBy: { revision: "asc" },
    skip: limit,
    select: { revision: true },
  });
  return beyond ? beyond.revision - 1 : upTo;
}

/** Whether a scope was told of a segment at a revision. */
export function wasTold(history: SegmentHistory, scope: Scope, segment: string, revision: number): boolean {
  const last = history.get(segment)?.findLast((served) => served.revision <= revision);
  return last !== undefined && isInScope(last.artefact, scope);
}

/** The releases behind a revision that a scope is told of, and where one took a segment out of it. */
export function releaseChanges(history: SegmentHistory, scope: Scope, after: number): FeedChange[] {
  return [...history.values()].flatMap((releases) =>
    releases.flatMap(({ revision, artefact }, index): FeedChange[] => {
      if (revision <= after) return [];
      const before = releases[index - 1];
      const wasIn = before !== undefined && isInScope(before.artefact, scope);
      const isIn = isInScope(artefact, scope);
      if (!isIn && !wasIn) return [];
      const { key: segment, version, contentHash: hash } = artefact;
      const change = isIn ? "released" : "withdrawn";
      const comesIn = isIn && !wasIn && before !== undefined;
      // A kill while the customers' data does not answer is in the log only later, or never where it is lifted before.
      const wasEmptied = [before?.artefact, artefact].some((each) => each !== undefined && takesNobody(each));
      return [{ kind: "segment", revision, segment, change, version, hash, whole: comesIn || (isIn && wasEmptied) }];
    }),
  );
}
