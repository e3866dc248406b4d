import { requirePermission } from "../../access/permissions";
import { requireNobodyErased } from "../../audit/server/erased-customers";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import type { Finding } from "../../findings";
import { checkGuarded } from "../../guards/check-guarded";
import { loadVocabulary } from "../../guards/server/load-vocabulary";
import type { SegmentDocument } from "../../segments/document";
import { productionKey } from "../../segments/server/production";
import { lockSegment, searchColumns, storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { Version } from "../contract";
import { requireNextState } from "../state";
import { requireVersion, toVersion, type VersionRow, versionParts } from "./version-row";
import { changeVersion, customersNamed, documentColumns, recordContribution, requireDraftShape } from "./write-version";

export type SaveDraftInput = { readonly key: string; readonly document: unknown; readonly basedOn: number };

/**
 * Keeps what an author has written, finished or not, if nobody saved since `basedOn`. Saving other content than what
 * was submitted, approved, sent back or withdrawn makes it a draft again, in the next round of review.
 */
export async function saveDraft(
  ctx: Context,
  input: SaveDraftInput,
): Promise<{ version: Version; findings: Finding[] }> {
  requirePermission(ctx.actor, "segment.write");
  const document = requireDraftShape(input.document, input.key);
  await requireNobodyErased(ctx.db, customersNamed(document));
  const columns = documentColumns(document);
  const version = await ctx.db.$transaction(async (tx) => {
    const segment = await lockSegment(tx, input.key);
    const draft = await requireEditable(tx, segment.id);
    if (draft.contentHash === columns.contentHash) return toVersion(draft);
    if (draft.draftRevision !== input.basedOn) throw staleDraft(document, draft);
    const state = requireNextState(draft.state, "edit");
    const fromReview = draft.state === "draft" ? {} : { reviewCycle: draft.reviewCycle + 1, submittedAt: null };
    await changeVersion(tx, draft, {
      ...{ ...columns, ...fromReview, state },
      draftRevision: draft.draftRevision + 1,
      updatedAt: ctx.now,
    });
    await recordContribution(tx, ctx, draft.id);
    const released = await tx.release.count({ where: { segmentId: segment.id } });
    if (released === 0) await tx.segment.update({ where: { id: segment.id }, data: searchColumns(document) });
    const saved = toVersion(await requireVersion(tx, draft.id));
    await recordAudit(tx, ctx, {
      action: "version.saved",
      subject: { type: "segment", id: segment.key, name: segment.name },
      before: { version: draft.number, state: draft.state, contentHash: draft.contentHash },
      after: {
        ...{ version: draft.number, state, contentHash: columns.contentHash, draftRevision: saved.draftRevision },
        changed: changedFields(storedDocument(draft.document), document),
      },
    });
    return saved;
  });
  const vocabulary = await loadVocabulary(ctx.db, await productionKey(ctx.db), document);
  return { version, findings: [...checkGuarded(document, vocabulary, ctx.now.getTime()).findings] };
}

async function requireEditable(tx: Transaction, segmentId: string): Promise<VersionRow> {
  const newest = await tx.version.findFirstOrThrow({
    where: { segmentId },
    orderBy: { number: "desc" },
    include: versionParts,
  });
  if (newest.state === "released" || newest.state === "superseded" || newest.state === "rejected") {
    throw new DomainError("conflict", "There is no draft: open one first.", { reason: "no-draft" });
  }
  return newest;
}

function staleDraft(yours: SegmentDocument, theirs: VersionRow): DomainError {
  return new DomainError("conflict", "Someone saved this draft after you had opened it.", {
    reason: "stale-draft",
    detail: { yours, theirs: toVersion(theirs) },
  });
}

function changedFields(before: SegmentDocument, after: SegmentDocument): string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].filter(
    (field) => JSON.stringify(Reflect.get(before, field)) !== JSON.stringify(Reflect.get(after, field)),
  );
}
