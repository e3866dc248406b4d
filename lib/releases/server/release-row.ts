import { toPersonSummary } from "../../access/server/person-summary";
import type { RoundCustomers } from "../../catalogue/small-cells";
import type { Prisma } from "../../server/prisma/client";
import { type BreakGlassReview, breakGlassOutcomes } from "../break-glass-contract";
import type { Release } from "../contract";

export const breakGlassParts = { closedBy: true } as const satisfies Prisma.BreakGlassReviewInclude;

export const releaseParts = {
  actor: true,
  version: { select: { id: true, number: true } },
  segment: { select: { key: true } },
  breakGlass: { include: breakGlassParts },
} as const satisfies Prisma.ReleaseInclude;

export type ReleaseRow = Omit<Prisma.ReleaseGetPayload<{ include: typeof releaseParts }>, "artefact">;

/** `contentHash` is the artefact's: the version's row may have been edited since, where only staging served it. */
export function toRelease(row: ReleaseRow, contentHash: string, round: RoundCustomers): Release {
  const { id, kind, revision, rolloutPercent, members, reason } = row;
  return {
    ...{ id, kind, revision, rolloutPercent, reason },
    environment: row.environmentKey,
    segmentKey: row.segment.key,
    version: { ...row.version, contentHash },
    members: members === null ? null : round(members),
    actor: toPersonSummary(row.actor),
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    breakGlass: row.breakGlass && toBreakGlassReview(row.breakGlass),
  };
}

type BreakGlassRow = Prisma.BreakGlassReviewGetPayload<{ include: typeof breakGlassParts }>;

function toBreakGlassReview({ dueAt, closedAt, closedBy, outcome, comment }: BreakGlassRow): BreakGlassReview {
  return {
    dueAt: dueAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    closedBy: closedBy && toPersonSummary(closedBy),
    outcome: breakGlassOutcomes.find((each) => each === outcome) ?? null,
    comment,
  };
}
