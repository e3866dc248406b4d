import { listLiveArtefacts } from "../../guards/server/live-artefacts";
import type { Database } from "../../server/database";
import type { LiveSegment } from "../compared-segments";

/** What an environment serves, by key, each with its members when they were last counted; emptied ones are among them. */
export async function listLiveSegments(db: Database, environment: string): Promise<LiveSegment[]> {
  const [live, counts] = await Promise.all([listLiveArtefacts(db, environment), lastCounts(db, environment)]);
  return live.map(({ segmentId, artefact }) => ({ artefact, members: counts.get(segmentId) ?? 0 }));
}

async function lastCounts(db: Database, environment: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db.$queryRaw<{ segmentId: string; members: number }[]>`
    SELECT served."segmentId", last."members"
    FROM "Release" AS served
    CROSS JOIN LATERAL (
      SELECT "members" FROM "MemberCount"
      WHERE "segmentId" = served."segmentId" AND "environmentKey" = served."environmentKey"
      ORDER BY "day" DESC LIMIT 1
    ) AS last
    WHERE served."environmentKey" = ${environment} AND served."endedAt" IS NULL`;
  return new Map(rows.map(({ segmentId, members }) => [segmentId, members]));
}
