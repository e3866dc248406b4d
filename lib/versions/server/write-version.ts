import { DomainError } from "../../errors";
import { contentHash } from "../../segments/content-hash";
import type { SegmentDocument } from "../../segments/document";
import { type DraftShape, parseDraft } from "../../segments/draft-shape";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { Prisma } from "../../server/prisma/client";
import { storedJson } from "../../server/stored-json";
import type { VersionRow } from "./version-row";

export function requireDraftShape(input: unknown, key?: string): SegmentDocument {
  const shape: DraftShape = parseDraft(input);
  if (!shape.ok) {
    throw new DomainError("invalid", "The document cannot be kept as it is.", {
      reason: "not-a-document",
      findings: shape.findings,
    });
  }
  if (key !== undefined && shape.document.key !== key) {
    throw new DomainError("invalid", `The key of a segment stays what it is: "${key}".`, { reason: "key-changed" });
  }
  return shape.document;
}

/** Whom the lists by hand name. */
export function customersNamed({ definition: { include, exclude } }: SegmentDocument): string[] {
  return [...include, ...exclude].map(({ customerId }) => customerId);
}

/** The columns that a document fills. */
export function documentColumns(document: SegmentDocument) {
  return { document: storedJson(document), contentHash: contentHash(document) };
}

/** The first draft or the next one, with the actor as author and contributor. */
export async function insertDraft(
  tx: Transaction,
  ctx: Context,
  draft: { segmentId: string; number: number; baseVersionId: string | null; document: SegmentDocument },
): Promise<string> {
  const { segmentId, number, baseVersionId, document } = draft;
  const { id } = await tx.version.create({
    data: {
      ...{ segmentId, number, baseVersionId },
      ...documentColumns(document),
      authorId: ctx.actor.id,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    },
    select: { id: true },
  });
  await recordContribution(tx, ctx, id);
  return id;
}

export async function recordContribution(tx: Transaction, ctx: Context, versionId: string): Promise<void> {
  const personId = ctx.actor.id;
  await tx.contribution.upsert({
    where: { versionId_personId: { versionId, personId } },
    create: { versionId, personId, firstAt: ctx.now, lastAt: ctx.now },
    update: { lastAt: ctx.now },
  });
}

/** Writes only if the version is still as it was when the decision was taken; anything else is a conflict. */
export async function changeVersion(
  tx: Transaction,
  { id, state, reviewCycle, draftRevision, contentHash }: VersionRow,
  data: Prisma.VersionUncheckedUpdateManyInput,
): Promise<void> {
  const { count } = await tx.version.updateMany({
    where: { id, state, reviewCycle, draftRevision, contentHash },
    data,
  });
  if (count === 1) return;
  throw new DomainError("conflict", "The version has changed meanwhile: look at it again.", { reason: "changed" });
}
