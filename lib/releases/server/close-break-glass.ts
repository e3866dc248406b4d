import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { peopleWithRole } from "../../access/server/people-with-role";
import { recordAudit } from "../../audit/server/record";
import { customerRounding } from "../../catalogue/small-cells";
import { DomainError } from "../../errors";
import { notify } from "../../notices/server/notify";
import { lockSegment, storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import { refuse } from "../../versions/refusal";
import { requireRightNow } from "../../versions/server/acting-person";
import type { closeBreakGlassSchema } from "../break-glass-contract";
import type { Released } from "../contract";
import { type BrokenRow, refusalOfClosing, requireBroken } from "./break-glass-row";
import { releaseParts, toRelease } from "./release-row";
import { ownerOf } from "./tell-owner";

export type CloseBreakGlassInput = z.output<typeof closeBreakGlassSchema> & { readonly releaseId: string };

/** Somebody else says, once and for good, whether a release without its approvals was justified. */
export async function closeBreakGlass(ctx: Context, input: CloseBreakGlassInput): Promise<Released> {
  requirePermission(ctx.actor, "version.review");
  const { releaseId, outcome, comment } = input;
  const seen = await requireBroken(ctx.db, releaseId);
  return ctx.db.$transaction(async (tx) => {
    const segment = await lockSegment(tx, seen.release.segment.key);
    await requireRightNow(tx, ctx, "version.review");
    const broken = await requireBroken(tx, releaseId);
    const person = await tx.person.findUniqueOrThrow({ where: { id: ctx.actor.id } });
    refuse(await refusalOfClosing(tx, person, broken));
    const { count } = await tx.breakGlassReview.updateMany({
      where: { releaseId, closedAt: null },
      data: { outcome, comment, closedAt: ctx.now, closedById: ctx.actor.id },
    });
    if (count === 0) {
      throw new DomainError("conflict", "Somebody has closed this review already.", { reason: "already-closed" });
    }
    await tell(tx, ctx, broken, input);
    const { version, environment, revision, contentHash } = broken.release;
    await recordAudit(tx, ctx, {
      action: `break-glass.${outcome}`,
      subject: { type: "segment", id: segment.key, name: segment.name },
      after: {
        release: releaseId,
        version: version.number,
        environment: environment.key,
        ofRevision: revision,
        comment,
      },
    });
    const release = await tx.release.findUniqueOrThrow({ where: { id: releaseId }, include: releaseParts });
    return { release: toRelease(release, contentHash, customerRounding(ctx.actor)), revision };
  });
}

async function tell(
  tx: Transaction,
  ctx: Context,
  { release: { version, actorId, environment } }: BrokenRow,
  { outcome, comment }: Pick<CloseBreakGlassInput, "outcome" | "comment">,
): Promise<void> {
  const { segment, number, document } = version;
  const found = outcome === "justified" ? "justified" : "not justified";
  const [admins, owners] = [await peopleWithRole(tx, ["admin"]), await ownerOf(tx, storedDocument(document).owner)];
  await notify(tx, ctx, {
    to: [...new Set([actorId, ...admins, ...owners])],
    kind: "break-glass.closed",
    title: `${ctx.actor.name} found the release of ${segment.name} v${number} to ${environment.name} ${found}`,
    body: comment,
    href: `/segments/${segment.key}`,
  });
}
