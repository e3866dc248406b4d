import { type Artefact, takesNobody } from "../../guards/artefact";
import { frozenArtefacts } from "../../guards/server/frozen-artefacts";
import type { Database } from "../../server/database";
import { isInScope, type Scope } from "../scope";
import type { FeedChange } from "../wire";

type Served = { readonly revision: number; readonly artefact: Artefact };

/** What was served of each segment, its releases in their order. */
export type SegmentHistory = ReadonlyMap<string, readonly Served[]>;

/** Of every segment that was released between the two revisions, its earlier releases among them. */
export async function readHistory(
  db: Database,
  { environment, after, upTo }: { readonly environment: string; readonly after: number; readonly upTo: number },
): Promise<SegmentHistory> {
  const changed = await db.release.findMany({
    where: { environmentKey: environment, revision: { gt: after, lte: upTo } },
    distinct: ["segmentId"],
    select: { segmentId: true },
  });
  const releases = await db.release.findMany({
    where: {
      environmentKey: environment,
      revision: { lte: upTo },
      segmentId: { in: changed.map(({ segmentId }) => segmentId) },
    },
    orderBy: { revision: "asc" },
    select: { id: true, revision: true },
  });
  const artefacts = await frozenArtefacts(
    db,
    releases.map(({ id }) => id),
  );
  const served = releases.flatMap(({ id, revision }): Served[] => {
    const artefact = artefacts.get(id);
    return artefact ? [{ revision, artefact }] : [];
  });
  return Map.groupBy(served, ({ artefact }) => artefact.key);
}

/** Whether a scope was told of a segment at a revision; one without releases in the history is as it is now. */
export function wasTold(history: SegmentHistory, scope: Scope, segment: string, revision: number): boolean {
  const releases = history.get(segment);
  if (releases === undefined) return true;
  const last = releases.findLast((served) => served.revision <= revision);
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
      // A kill while the customers' data does not answer is in the log only later.
      const whole = comesIn || (isIn && takesNobody(artefact));
      return [{ kind: "segment", revision, segment, change, version, hash, whole }];
    }),
  );
}
