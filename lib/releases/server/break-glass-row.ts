import { notFound } from "../../errors";
import type { Database, Transaction } from "../../server/database";
import type { Person, Prisma } from "../../server/prisma/client";
import { permissionRefusal, type Refusal } from "../../versions/refusal";
import { barOf } from "../../versions/review-policy";
import { loadReviewFacts, toReviewer } from "../../versions/server/review-facts";
import { type VersionRow, versionParts } from "../../versions/server/version-row";
import { releaseParts } from "./release-row";

export const brokenParts = {
  release: { include: { ...releaseParts, environment: true, version: { include: versionParts } } },
} as const satisfies Prisma.BreakGlassReviewInclude;

export type BrokenRow = Prisma.BreakGlassReviewGetPayload<{ include: typeof brokenParts }>;

export async function requireBroken(db: Database | Transaction, releaseId: string): Promise<BrokenRow> {
  const row = await db.breakGlassReview.findUnique({ where: { releaseId }, include: brokenParts });
  if (!row) throw notFound("release without approvals", releaseId);
  return row;
}

/** Why somebody may not say whether it was justified, or null. */
export async function refusalOfClosing(
  db: Database | Transaction,
  person: Person,
  { release: { actor, version } }: { readonly release: { readonly actor: Person; readonly version: VersionRow } },
): Promise<Refusal | null> {
  const forbidden = permissionRefusal(person, "version.review");
  if (forbidden) return forbidden;
  const isBreaker = person.id === actor.id || (person.subject !== null && person.subject === actor.subject);
  if (isBreaker) {
    const message = "You released it without its approvals: someone else says whether that was justified.";
    return { code: "forbidden", reason: "self-approval", message };
  }
  const { content } = await loadReviewFacts(db, version);
  const bar = barOf(toReviewer(person), content);
  return bar && { code: "forbidden", reason: bar.reason, message: bar.message };
}
