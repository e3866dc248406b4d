import { requirePermission } from "../../access/permissions";
import { toPersonSummary } from "../../access/server/person-summary";
import { notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { Pulse } from "../comment-contract";
import { hashOf } from "../review-basis";

/** Whether a review that somebody looks at is as they see it; counts no customer. */
export async function reviewPulse(ctx: Context, { id }: { id: string }): Promise<Pulse> {
  requirePermission(ctx.actor, "segment.read");
  const version = await ctx.db.version.findUnique({
    where: { id },
    select: {
      ...{ state: true, contentHash: true, reviewCycle: true, draftRevision: true, updatedAt: true, measured: true },
      contributions: { include: { person: true }, orderBy: { lastAt: "desc" }, take: 1 },
      _count: { select: { verdicts: true, comments: true } },
      verdicts: { where: { voided: { isNot: null } }, select: { id: true } },
      comments: { where: { resolvedAt: { not: null } }, select: { id: true } },
      releases: { orderBy: { revision: "desc" }, take: 1, select: { id: true } },
    },
  });
  if (!version) throw notFound("version", id);
  const { state, contentHash, reviewCycle, contributions, ...rest } = version;
  const [last] = contributions;
  return {
    ...{ state, contentHash, reviewCycle },
    stamp: hashOf(JSON.parse(JSON.stringify({ state, contentHash, reviewCycle, ...rest }))),
    lastEdit: last ? { person: toPersonSummary(last.person), at: last.lastAt.toISOString() } : null,
  };
}
