import type { RoundCustomers } from "../../catalogue/small-cells";
import { toSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import { openStates } from "../../versions/state";
import type { SegmentListItem } from "../overview-contract";
import { standingIn } from "../standing";
import { withServedStates } from "./served-states";

const trendDays = 30;

type ListedRow = {
  readonly id: string;
  readonly members: number | null;
  readonly lastPulledAt: Date | null;
  readonly changedAt: Date;
};

/** What a page of the list shows of each segment, in the order given. */
export async function listItems(
  ctx: Context,
  production: string,
  rows: readonly ListedRow[],
  round: RoundCustomers,
): Promise<SegmentListItem[]> {
  const segmentId = { in: rows.map(({ id }) => id) };
  const [segments, environments, releases, open, counts] = await Promise.all([
    ctx.db.segment.findMany({ where: { id: segmentId } }),
    ctx.db.environment.findMany({ orderBy: { position: "asc" }, select: { key: true } }),
    ctx.db.release.findMany({
      where: { segmentId, endedAt: null },
      select: {
        ...{
          id: true,
          segmentId: true,
          environmentKey: true,
          kind: true,
          rolloutPercent: true,
          revision: true,
          createdAt: true,
        },
        version: { select: { number: true } },
      },
    }),
    ctx.db.version.findMany({
      where: { segmentId, state: { in: openStates } },
      select: { id: true, number: true, state: true, segmentId: true },
      orderBy: { number: "asc" },
    }),
    ctx.db.memberCount.findMany({
      where: {
        segmentId,
        environmentKey: production,
        day: { gt: new Date(ctx.now.getTime() - trendDays * 86_400_000) },
      },
      select: { segmentId: true, members: true },
      orderBy: { day: "asc" },
    }),
  ]);
  const segmentById = new Map(segments.map((segment) => [segment.id, segment]));
  const openBySegment = new Map(open.map((version) => [version.segmentId, version]));
  const releasesBySegment = Map.groupBy(await withServedStates(ctx.db, releases), (release) => release.segmentId);
  const countsBySegment = Map.groupBy(counts, (count) => count.segmentId);
  return rows.flatMap((row) => {
    const segment = segmentById.get(row.id);
    if (!segment) return [];
    const version = openBySegment.get(row.id);
    const served = releasesBySegment.get(row.id) ?? [];
    return {
      ...toSegment(segment),
      standings: environments.map(({ key }) =>
        standingIn(
          key,
          served.find(({ environmentKey }) => environmentKey === key),
        ),
      ),
      open: version ? { id: version.id, number: version.number, state: version.state } : null,
      members: row.members === null ? null : round(row.members),
      trend: (countsBySegment.get(row.id) ?? []).map(({ members }) => round(members)),
      lastPulledAt: row.lastPulledAt?.toISOString() ?? null,
      updatedAt: row.changedAt.toISOString(),
    };
  });
}
