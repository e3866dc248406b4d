import { requirePermission } from "../../access/permissions";
import { customerRounding } from "../../catalogue/small-cells";
import { productionKey } from "../../segments/server/production";
import { requireSegment, toSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import { toVersion, toVersionSummary, versionParts } from "../../versions/server/version-row";
import { isOpen } from "../../versions/state";
import type { SegmentOverview } from "../overview-contract";
import { standingIn } from "../standing";
import { consumersOf } from "./consumers-of";
import { releaseParts, toRelease } from "./release-row";

const mostReleases = 200;
const trendDays = 90;

/** Everything the segment page shows, in one answer. */
export async function segmentOverview(ctx: Context, key: string): Promise<SegmentOverview> {
  requirePermission(ctx.actor, "segment.read");
  const segment = await requireSegment(ctx.db, key);
  const where = { segmentId: segment.id };
  const production = await productionKey(ctx.db);
  const [environments, versions, releases, counts, consumers] = await Promise.all([
    ctx.db.environment.findMany({ orderBy: { position: "asc" }, select: { key: true } }),
    ctx.db.version.findMany({ where, include: versionParts, orderBy: { number: "desc" } }),
    ctx.db.release.findMany({ where, include: releaseParts, orderBy: { createdAt: "desc" }, take: mostReleases }),
    ctx.db.memberCount.findMany({
      where: {
        ...where,
        environmentKey: production,
        day: { gt: new Date(ctx.now.getTime() - trendDays * 86_400_000) },
      },
      orderBy: { day: "asc" },
    }),
    consumersOf(ctx.db, segment),
  ]);
  const round = customerRounding(ctx.actor);
  const current = releases.filter(({ endedAt }) => endedAt === null);
  const live = current.find(({ environmentKey }) => environmentKey === production);
  const [newest] = versions;
  const shown = versions.find(({ id }) => id === live?.versionId) ?? newest;
  if (!shown || !newest) throw new Error(`Segment ${key} has no version.`);
  return {
    segment: toSegment(segment),
    standings: environments.map((environment) =>
      standingIn(
        environment.key,
        current.find(({ environmentKey }) => environmentKey === environment.key),
      ),
    ),
    live: Object.fromEntries(current.map((release) => [release.environmentKey, toRelease(release, round)])),
    ...(isOpen(newest.state) ? { draft: toVersion(newest) } : {}),
    shown: toVersion(shown),
    versions: versions.map(toVersionSummary),
    releases: releases.map((release) => toRelease(release, round)),
    trend: counts.map(({ day, members }) => ({ day: day.toISOString().slice(0, 10), members: round(members) })),
    consumers,
  };
}
