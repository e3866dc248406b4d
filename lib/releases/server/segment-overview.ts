import { requirePermission } from "../../access/permissions";
import { customerRounding } from "../../catalogue/small-cells";
import { namedReferences } from "../../guards/server/named-references";
import { productionKey } from "../../segments/server/production";
import { requireSegment, storedDocument, toSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import { requireVersion, toVersion, toVersionSummary } from "../../versions/server/version-row";
import { isOpen } from "../../versions/state";
import type { SegmentOverview } from "../overview-contract";
import { standingIn } from "../standing";
import { consumersOf } from "./consumers-of";
import { loadNestedChanges } from "./load-nested-changes";
import { type ReleaseRow, releaseParts, toRelease } from "./release-row";
import { withServedStates } from "./served-states";

const mostReleases = 200;
const trendDays = 90;

/** Lists are of many: documents and artefacts may be large, and lists do not show them. */
const withoutContent = { include: { author: true }, omit: { document: true, evidence: true } } as const;
const withoutArtefact = { include: releaseParts, omit: { artefact: true } } as const;

/** Everything the segment page shows, in one answer. */
export async function segmentOverview(ctx: Context, key: string): Promise<SegmentOverview> {
  requirePermission(ctx.actor, "segment.read");
  const segment = await requireSegment(ctx.db, key);
  const where = { segmentId: segment.id };
  const production = await productionKey(ctx.db);
  const [environments, versions, releases, current, counts, consumers] = await Promise.all([
    ctx.db.environment.findMany({ orderBy: { position: "asc" }, select: { key: true } }),
    ctx.db.version.findMany({ where, ...withoutContent, orderBy: { number: "desc" } }),
    ctx.db.release.findMany({ where, ...withoutArtefact, orderBy: { createdAt: "desc" }, take: mostReleases }),
    ctx.db.release.findMany({ where: { ...where, endedAt: null }, ...withoutArtefact }),
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
  const told = (release: ReleaseRow) => toRelease(release, release.contentHash, round);
  const served = await withServedStates(ctx.db, current);
  const live = current.find(({ environmentKey }) => environmentKey === production);
  const [newest] = versions;
  if (!newest) throw new Error(`Segment ${key} has no version.`);
  const shown = await requireVersion(ctx.db, live?.versionId ?? newest.id);
  return {
    segment: toSegment(segment),
    standings: environments.map((environment) =>
      standingIn(
        environment.key,
        served.find(({ environmentKey }) => environmentKey === environment.key),
      ),
    ),
    live: Object.fromEntries(current.map((release) => [release.environmentKey, told(release)])),
    ...(isOpen(newest.state) ? { draft: toVersion(await requireVersion(ctx.db, newest.id)) } : {}),
    shown: toVersion(shown),
    versions: versions.map(toVersionSummary),
    releases: releases.map(told),
    nested: await loadNestedChanges(ctx.db, segment.id, production),
    references: await namedReferences(ctx.db, [storedDocument(shown.document).definition.rule], key),
    referredToBy: await ctx.db.segment.findMany({
      where: { refersTo: { has: key }, state: { not: "archived" } },
      select: { key: true, name: true },
      orderBy: { name: "asc" },
    }),
    trend: counts.map(({ day, members }) => ({ day: day.toISOString().slice(0, 10), members: round(members) })),
    consumers,
  };
}
