import type { Database, Transaction } from "../../server/database";
import type { Drift } from "../drift-findings";

type Of = { readonly segments: readonly string[]; readonly scores: readonly string[] };

/** How the members of some segments and some scores have moved, as it was measured last. */
export async function loadDrift(
  db: Database | Transaction,
  environmentKey: string,
  { segments, scores }: Of,
): Promise<Drift> {
  return { members: await membersOf(db, environmentKey, segments), scores: await scoresOf(db, scores) };
}

async function membersOf(
  db: Database | Transaction,
  environmentKey: string,
  segments: readonly string[],
): Promise<Drift["members"]> {
  if (segments.length === 0) return [];
  const rows = await db.segmentDrift.findMany({ where: { environmentKey, segmentKey: { in: [...segments] } } });
  return rows.map(({ segmentKey: segment, since, before, entered, left }) => {
    return { segment, since: since.getTime(), before, entered, left };
  });
}

async function scoresOf(db: Database | Transaction, scores: readonly string[]): Promise<Drift["scores"]> {
  if (scores.length === 0) return [];
  const newest = await db.attributeDistribution.findMany({
    where: { attributeKey: { in: [...new Set(scores)] } },
    orderBy: [{ attributeKey: "asc" }, { measuredAt: "desc" }],
    distinct: ["attributeKey"],
    select: { attributeKey: true, stability: true, comparedWith: true },
  });
  return newest.flatMap(({ attributeKey: attribute, stability, comparedWith }) =>
    stability === null || comparedWith === null ? [] : [{ attribute, stability, since: comparedWith.getTime() }],
  );
}
