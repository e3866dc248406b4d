import { toPersonSummary } from "../../access/server/person-summary";
import { notFound } from "../../errors";
import { storedDocument } from "../../segments/server/segment-row";
import type { Database, Transaction } from "../../server/database";
import type { Prisma } from "../../server/prisma/client";
import { type Evidence, evidenceSchema, type Version, type VersionSummary } from "../contract";

export const versionParts = {
  author: true,
  base: { select: { id: true, number: true } },
  segment: { select: { id: true, key: true, name: true, state: true } },
  contributions: { include: { person: true }, orderBy: { firstAt: "asc" } },
} as const satisfies Prisma.VersionInclude;

export type VersionRow = Prisma.VersionGetPayload<{ include: typeof versionParts }>;

export async function requireVersion(db: Database | Transaction, id: string): Promise<VersionRow> {
  const row = await db.version.findUnique({ where: { id }, include: versionParts });
  if (!row) throw notFound("version", id);
  return row;
}

export function toVersion(row: VersionRow): Version {
  return {
    ...toVersionSummary(row),
    segmentKey: row.segment.key,
    draftRevision: row.draftRevision,
    document: storedDocument(row.document),
    base: row.base,
    contributors: row.contributions.map(({ person }) => toPersonSummary(person)),
  };
}

type SummaryRow = Omit<Prisma.VersionGetPayload<{ include: { author: true } }>, "document" | "evidence">;

export function toVersionSummary(row: SummaryRow): VersionSummary {
  const { id, number, state, reviewCycle, contentHash, note } = row;
  return {
    ...{ id, number, state, reviewCycle, contentHash, note },
    author: toPersonSummary(row.author),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    submittedAt: row.submittedAt?.toISOString() ?? null,
  };
}

export function storedEvidence(json: unknown): Evidence | null {
  return json === null ? null : evidenceSchema.parse(json);
}
