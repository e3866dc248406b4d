import type { Database, Transaction } from "../../server/database";
import type { Person, Verdict } from "../../server/prisma/client";
import type { CastVerdict, ReviewedContent, Reviewer } from "../review-policy";
import type { VersionRow } from "./version-row";

export type ReviewFacts = {
  readonly content: ReviewedContent;
  /** Oldest first. */
  readonly verdicts: readonly (CastVerdict & { readonly row: Verdict & { person: Person } })[];
  /** The most approvals that an environment asks for, and its name. */
  readonly required: { readonly count: number; readonly environment: string };
  /** Who cannot be counted as contributors: the author and everyone who wrote since the live version. */
  readonly writers: readonly Person[];
};

/** Everything that decides whose verdicts count, as the database has it now. */
export async function loadReviewFacts(db: Database | Transaction, version: VersionRow): Promise<ReviewFacts> {
  // One after another: inside a transaction there is one connection.
  const writers = await writersSinceLive(db, version);
  const verdicts = await db.verdict.findMany({
    where: { versionId: version.id },
    include: { person: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const environment = await db.environment.findFirst({
    orderBy: [{ approvalsRequired: "desc" }, { position: "desc" }],
  });
  return {
    content: {
      state: version.state,
      contentHash: version.contentHash,
      reviewCycle: version.reviewCycle,
      author: toReviewer(version.author),
      contributors: writers.map(toReviewer),
    },
    verdicts: verdicts.map((row) => ({
      id: row.id,
      reviewer: toReviewer(row.person),
      verdict: row.verdict,
      contentHash: row.contentHash,
      reviewCycle: row.reviewCycle,
      row,
    })),
    required: { count: environment?.approvalsRequired ?? 1, environment: environment?.name ?? "Production" },
    writers,
  };
}

export function toReviewer({ id, subject, roles, disabledAt }: Person): Reviewer {
  return { id, subject, roles, disabled: disabledAt !== null };
}

/**
 * The authors and contributors of the segment's versions after the one that was live, where approvals are asked for,
 * before this: content carried over from a withdrawn or rejected version is its writers' content still.
 */
async function writersSinceLive(db: Database | Transaction, version: VersionRow): Promise<Person[]> {
  const live = await db.release.findFirst({
    where: {
      segmentId: version.segmentId,
      versionId: { not: version.id },
      version: { number: { lt: version.number } },
      environment: { approvalsRequired: { gt: 0 } },
    },
    orderBy: { createdAt: "desc" },
    select: { version: { select: { number: true } } },
  });
  const written = {
    segmentId: version.segmentId,
    number: { gt: live?.version.number ?? 0, lte: version.number },
  };
  return db.person.findMany({
    where: {
      OR: [{ contributions: { some: { version: written } } }, { versions: { some: written } }],
    },
    orderBy: { id: "asc" },
  });
}
