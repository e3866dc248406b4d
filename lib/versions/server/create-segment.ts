import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { requireNobodyErased } from "../../audit/server/erased-customers";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import type { createSegmentSchema } from "../../segments/contract";
import { requireSegment, searchColumns, toSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import { isUniqueViolation } from "../../server/database";
import type { createdSegmentSchema } from "../contract";
import { requireVersion, toVersion } from "./version-row";
import { customersNamed, insertDraft, requireDraftShape } from "./write-version";

/** A segment begins with its first draft. */
export async function createSegment(
  ctx: Context,
  input: z.output<typeof createSegmentSchema>,
): Promise<z.output<typeof createdSegmentSchema>> {
  requirePermission(ctx.actor, "segment.write");
  const document = requireDraftShape(input.document);
  await requireNobodyErased(ctx.db, customersNamed(document));
  const { key, name } = document;
  try {
    return await ctx.db.$transaction(async (tx) => {
      const segment = await tx.segment.create({
        data: { key, createdAt: ctx.now, ...searchColumns(document) },
        select: { id: true },
      });
      const id = await insertDraft(tx, ctx, { segmentId: segment.id, number: 1, baseVersionId: null, document });
      const version = toVersion(await requireVersion(tx, id));
      const answer = { segment: toSegment(await requireSegment(tx, key)), version };
      await recordAudit(tx, ctx, {
        action: "segment.created",
        subject: { type: "segment", id: key, name },
        after: { version: 1, contentHash: version.contentHash, document },
      });
      return answer;
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new DomainError("conflict", `There is a segment "${key}" already.`, { reason: "key-taken" });
  }
}
