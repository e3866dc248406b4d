import { toldByRight } from "../../guards/server/told-consumers";
import type { Database } from "../../server/database";
import type { SegmentOverview } from "../overview-contract";

/** Who is told of a segment: consumers with a key whose regions and purposes meet the segment's, by environment. */
export async function consumersOf(
  db: Database,
  { regions, purposes }: { readonly regions: string[]; readonly purposes: string[] },
): Promise<SegmentOverview["consumers"]> {
  const keys = await db.consumerKey.findMany({
    where: { revokedAt: null, ...toldByRight, regions: { hasSome: regions }, purposes: { hasSome: purposes } },
    select: {
      ...{ environmentKey: true, lastPulledAt: true, lastPulledRevision: true },
      consumer: { select: { key: true, name: true } },
    },
    orderBy: [{ consumer: { name: "asc" } }, { environmentKey: "asc" }],
  });
  const groups = Map.groupBy(keys, ({ consumer, environmentKey }) => `${consumer.key}:${environmentKey}`);
  return [...groups.values()].flatMap((group) => {
    const [last] = group.toSorted((a, b) => (b.lastPulledAt?.getTime() ?? 0) - (a.lastPulledAt?.getTime() ?? 0));
    if (!last) return [];
    const { consumer, environmentKey: environment, lastPulledAt, lastPulledRevision } = last;
    return { ...consumer, environment, lastPulledAt: lastPulledAt?.toISOString() ?? null, lastPulledRevision };
  });
}
