import { notFound } from "../../errors";
import { referencesOf } from "../../rules/references";
import type { Database, Transaction } from "../../server/database";
import type { Segment as SegmentRow } from "../../server/prisma/client";
import { attributesUsed } from "../attributes-used";
import type { Segment } from "../contract";
import { criticalities, type SegmentDocument } from "../document";

export function toSegment(row: SegmentRow): Segment {
  const { id, key, name, description, state, ownerTeam, ownerPerson, tags, purposes, regions } = row;
  return {
    ...{ id, key, name, description, state, ownerTeam, ownerPerson, tags, purposes, regions },
    criticality: criticalities.find((each) => each === row.criticality) ?? "operational",
    reviewDueAt: row.reviewDueAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** What a segment's row repeats of the document that is live, or of the newest one before a release. */
export function searchColumns(document: SegmentDocument) {
  const { segments, lists } = referencesOf(document.definition.rule);
  return {
    name: document.name,
    description: document.description,
    ownerTeam: document.owner?.team ?? null,
    ownerPerson: document.owner?.person ?? null,
    criticality: document.criticality,
    tags: document.tags,
    purposes: document.purposes,
    regions: document.regions,
    attributes: attributesUsed(document.definition.rule),
    refersTo: [...segments],
    lists: [...lists],
  };
}

/** What the row says of the document that is live in production. Nothing but a release changes it. */
export function standingColumns({ standing }: Pick<SegmentDocument, "standing">) {
  return {
    state: standing?.state ?? ("active" as const),
    removalAt: standing?.removalAt === undefined ? null : new Date(standing.removalAt),
  };
}

/** The document of a version's row: it was parsed when it was written. */
export function storedDocument(json: unknown): SegmentDocument {
  return json as SegmentDocument;
}

export async function requireSegment(db: Database | Transaction, key: string): Promise<SegmentRow> {
  const row = await db.segment.findUnique({ where: { key } });
  if (!row) throw notFound("segment", key);
  return row;
}

/**
 * Held until the transaction ends. Every verb that changes a segment takes it first, then an environment, then the
 * audit chain: changes of one segment come one after another, and no two can wait for each other.
 */
export async function lockSegment(tx: Transaction, key: string): Promise<SegmentRow> {
  await tx.$queryRaw`SELECT 1 FROM "Segment" WHERE "key" = ${key} FOR UPDATE`;
  return requireSegment(tx, key);
}
