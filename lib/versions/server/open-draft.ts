import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { DomainError, notFound } from "../../errors";
import { productionKey } from "../../segments/server/production";
import { lockSegment, storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { openDraftSchema, openedDraftSchema } from "../contract";
import { isOpen } from "../state";
import { findLiveVersion } from "./live-version";
import { writersSinceLive } from "./review-facts";
import { requireVersion, toVersion, type VersionRow, versionParts } from "./version-row";
import { insertDraft } from "./write-version";

export type OpenDraftInput = z.output<typeof openDraftSchema> & { readonly key: string };

/**
 * A draft with the content that is live in production, or of the newest version before anything is; or with that of a
 * withdrawn or rejected one, which stays what it is. Such a draft stands on what its content was written on.
 */
export async function openDraft(
  ctx: Context,
  { key, from }: OpenDraftInput,
): Promise<z.output<typeof openedDraftSchema>> {
  requirePermission(ctx.actor, "segment.write");
  return ctx.db.$transaction(async (tx) => {
    const segment = await lockSegment(tx, key);
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
    const reopened = from === undefined ? null : await requireClosed(tx, segment.id, from);
    const source = reopened ?? (await findLiveVersion(tx, segment.id)) ?? newest;
    const id = await insertDraft(tx, ctx, {
      segmentId: segment.id,
      number: newest.number + 1,
      baseVersionId: reopened ? reopened.baseVersionId : source.id,
      document: storedDocument(source.document),
    });
    if (reopened) await carryContributions(tx, reopened, id);
    const version = toVersion(await requireVersion(tx, id));
    await recordAudit(tx, ctx, {
      action: "version.opened",
      subject: { type: "segment", id: key, name: segment.name },
      after: {
        ...{ version: version.number, base: version.base?.number ?? null, contentHash: version.contentHash },
        ...(reopened ? { from: reopened.number } : {}),
      },
    });
    return { version };
  });
}

async function requireClosed(tx: Transaction, segmentId: string, number: number): Promise<VersionRow> {
  const version = await tx.version.findUnique({
    where: { segmentId_number: { segmentId, number } },
    include: versionParts,
  });
  if (!version) throw notFound("version", String(number));
  if (version.state === "withdrawn" || version.state === "rejected") return version;
  throw new DomainError(
    "conflict",
    `Version ${number} is ${version.state.replace("_", " ")}: only a withdrawn or rejected one is opened again.`,
    { reason: "wrong-state" },
  );
}

/** Whoever wrote the content cannot approve it, however many versions have gone live since they did. */
async function carryContributions(tx: Transaction, from: VersionRow, versionId: string): Promise<void> {
  const writers = await writersSinceLive(tx, from, await productionKey(tx));
  await tx.contribution.createMany({
    data: writers.map(({ id }) => ({ versionId, personId: id, firstAt: from.createdAt, lastAt: from.updatedAt })),
    skipDuplicates: true,
  });
}
