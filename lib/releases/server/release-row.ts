import type { RoundCustomers } from "../../catalogue/small-cells";
import { artefactSchema } from "../../guards/artefact";
import type { Prisma } from "../../server/prisma/client";
import { toPersonSummary } from "../../versions/server/version-row";
import type { Release } from "../contract";

export const releaseParts = {
  actor: true,
  version: { select: { id: true, number: true } },
  segment: { select: { key: true } },
} as const satisfies Prisma.ReleaseInclude;

export type ReleaseRow = Prisma.ReleaseGetPayload<{ include: typeof releaseParts }>;

const hashOfArtefact = artefactSchema.pick({ contentHash: true });

/** The content hash is that of what was released: the version's row may have been edited since, in staging. */
export function toRelease(row: ReleaseRow, round: RoundCustomers): Release {
  const { id, kind, revision, rolloutPercent, members, reason } = row;
  return {
    ...{ id, kind, revision, rolloutPercent, reason },
    environment: row.environmentKey,
    segmentKey: row.segment.key,
    version: { ...row.version, contentHash: hashOfArtefact.parse(row.artefact).contentHash },
    members: members === null ? null : round(members),
    actor: toPersonSummary(row.actor),
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
