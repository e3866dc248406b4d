import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import { lockSegment, storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { openedDraftSchema } from "../contract";
import { isOpen } from "../state";
import { findLiveVersion } from "./live-version";
import { requireVersion, toVersion, versionParts } from "./version-row";
import { insertDraft } from "./write-version";

/** A draft with the content that is live in production, or of the newest version before anything is. */
export async function openDraft(ctx: Context, { key }: { key: string }): Promise<z.output<typeof openedDraftSchema>> {
  requirePermission(ctx.actor, "segment.write");
  return ctx.db.$transaction(async (tx) => {
    const segment = await lockSegment(tx, key);
    if (segment.state === "archived") {
      throw new DomainError("conflict", "The segment is archived.", { reason: "archived" });
    }
    const newest = await tx.version.findFirstOrThrow({
      where: { segmentId: segment.id },
      orderBy: { number: "desc" },
      include: versionParts,
    });
    if (isOpen(newest.state)) {
      throw new DomainError("conflict", `Version ${newest.number} is open already.`, {
        reason: "draft-open",
        detail: { id: newest.id, number: newest.number, state: newest.state },
      });
    }
    const base = (await findLiveVersion(tx, segment.id)) ?? newest;
    const id = await insertDraft(tx, ctx, {
      segmentId: segment.id,
      number: newest.number + 1,
      baseVersionId: base.id,
      document: storedDocument(base.document),
    });
    const version = toVersion(await requireVersion(tx, id));
    await recordAudit(tx, ctx, {
      action: "version.opened",
      subject: { type: "segment", id: key, name: segment.name },
      after: { version: version.number, base: base.number, contentHash: version.contentHash },
    });
    return { version };
  });
}
