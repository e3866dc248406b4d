import { toPersonSummary } from "../../access/server/person-summary";
import { isBlocking } from "../../findings";
import { checkGuarded } from "../../guards/check-guarded";
import { loadVocabulary } from "../../guards/server/load-vocabulary";
import type { Database } from "../../server/database";
import type { Prisma } from "../../server/prisma/client";
import { refusalsOfRelease } from "../../versions/release-gates";
import { frozenBecause, loadReleaseFacts } from "../../versions/server/release-facts";
import { loadReviewFacts } from "../../versions/server/review-facts";
import { versionParts } from "../../versions/server/version-row";
import type { Schedule } from "../schedule-contract";

export const scheduleParts = {
  environment: true,
  version: { include: versionParts },
  createdBy: true,
} as const satisfies Prisma.ScheduledReleaseInclude;

export type ScheduleRow = Prisma.ScheduledReleaseGetPayload<{ include: typeof scheduleParts }>;

export async function toSchedule(db: Database, now: Date, row: ScheduleRow): Promise<Schedule> {
  const { id, contentHash, rolloutPercent, at, state, outcome, releaseId, version } = row;
  const isPending = state === "pending";
  return {
    ...{ id, rolloutPercent, state, outcome, releaseId },
    environment: row.environmentKey,
    segment: { key: version.segment.key, name: version.segment.name },
    version: { id: version.id, number: version.number, contentHash },
    at: at.toISOString(),
    createdBy: toPersonSummary(row.createdBy),
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
    frozen: isPending ? await frozenBecause(db, row.environmentKey, at) : null,
    wouldRefuse: isPending ? await refusalsNow(db, now, row) : [],
  };
}

/** What would stand in the way if it were released now. */
async function refusalsNow(db: Database, now: Date, row: ScheduleRow): Promise<string[]> {
  const { version, environment, contentHash, rolloutPercent: rollout } = row;
  if (version.contentHash !== contentHash) return ["The version has another content than the one that was scheduled."];
  const facts = await loadReleaseFacts(db, { environment, now, rollout }, version, await loadReviewFacts(db, version));
  const vocabulary = await loadVocabulary(db, environment.key, version.document);
  const { findings } = checkGuarded(version.document, vocabulary, now.getTime());
  return [...refusalsOfRelease(facts), ...findings.filter(isBlocking)].map(({ message }) => message);
}
