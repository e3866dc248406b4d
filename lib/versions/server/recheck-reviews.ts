import { systemActor } from "../../access/actor";
import { lockSegment } from "../../segments/server/segment-row";
import type { Database, Transaction } from "../../server/database";
import { log } from "../../server/log";
import type { Prisma } from "../../server/prisma/client";
import { storedJson } from "../../server/stored-json";
import { measureReview } from "./measure-review";
import { loadReviewFacts } from "./review-facts";
import { settleApproval } from "./settle-approval";
import { requireVersion, type VersionRow, versionParts } from "./version-row";
import { changeVersion } from "./write-version";

export const underReview: Prisma.VersionWhereInput = { state: { in: ["in_review", "approved"] } };

/** Measures anew what every review stands on, and voids the approvals that stood on something else. */
export async function recheckReviews(db: Database, now: Date): Promise<void> {
  const ctx = { db, now, actor: systemActor };
  const versions = await db.version.findMany({ where: underReview, include: versionParts, orderBy: { id: "asc" } });
  for (const seen of versions) {
    try {
      const measured = await measureReview(ctx, seen);
      await db.$transaction(async (tx) => {
        await lockSegment(tx, seen.segment.key);
        const version = await requireVersion(tx, seen.id);
        if (!isSame(version, seen)) return;
        await changeVersion(tx, version, { measured: storedJson(measured) });
        await settleApproval(tx, ctx, version, await loadReviewFacts(tx, version, measured.basis.impact));
      });
    } catch (error) {
      log.warn({ error, version: seen.id }, "a review could not be checked again");
    }
  }
}

/**
 * Locks every segment that is under review: first of all in a transaction that changes policies, people or the
 * catalogue, so that no verdict and no release comes between that change and `resettleReviews`.
 */
export async function lockReviews(tx: Transaction): Promise<readonly string[]> {
  const versions = await tx.version.findMany({
    where: underReview,
    select: { id: true, segment: { select: { key: true } } },
    orderBy: { segment: { key: "asc" } },
  });
  for (const { segment } of versions) await lockSegment(tx, segment.key);
  return versions.map(({ id }) => id);
}

/** Versions become approved, or lose that, by what is asked for from now on. Customers are not counted anew. */
export async function resettleReviews(
  tx: Transaction,
  ctx: Parameters<typeof settleApproval>[1],
  locked: readonly string[],
): Promise<void> {
  for (const id of locked) {
    const version = await requireVersion(tx, id);
    await settleApproval(tx, ctx, version, await loadReviewFacts(tx, version));
  }
}

function isSame(a: VersionRow, b: VersionRow): boolean {
  return a.state === b.state && a.contentHash === b.contentHash && a.reviewCycle === b.reviewCycle;
}
