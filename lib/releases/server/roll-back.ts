import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { customerRounding } from "../../catalogue/small-cells";
import { getEngine } from "../../engine/server/engine-instance";
import { DomainError } from "../../errors";
import { artefactSchema } from "../../guards/artefact";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { lockEnvironment } from "../../membership/server/revision-line";
import { tellWebhooks } from "../../notices/server/tell-webhooks";
import { lockSegment, requireSegment, storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Database, Transaction } from "../../server/database";
import { requireRightNow } from "../../versions/server/acting-person";
import type { releasedSchema, rollBackSchema } from "../contract";
import { canReturn } from "../earlier-releases";
import { publish } from "./publish";
import { toRelease } from "./release-row";
import { tellOwner } from "./tell-owner";

export type RollBackInput = z.output<typeof rollBackSchema> & { readonly key: string };

/** Serves an earlier release again exactly as it was served: its content was approved, so nobody reviews it anew. */
export async function rollBack(ctx: Context, input: RollBackInput): Promise<z.output<typeof releasedSchema>> {
  requirePermission(ctx.actor, "segment.rollback");
  const { id: segmentId, key, name } = await requireSegment(ctx.db, input.key);
  const seen = await requireEarlierRelease(ctx.db, segmentId, input);
  const artefact = artefactSchema.parse(seen.artefact);
  const members = await getEngine().count(guardedRuleOfArtefact(artefact), ctx.now.getTime());
  return ctx.db.$transaction(async (tx) => {
    await lockSegment(tx, key);
    const environment = await lockEnvironment(tx, input.environment);
    await requireRightNow(tx, ctx, "segment.rollback");
    const earlier = await requireEarlierRelease(tx, segmentId, input);
    if (earlier.endedAt === null || earlier.id !== seen.id) {
      throw new DomainError("conflict", `${environment.name} serves version ${input.toVersion} already.`, {
        reason: "already-live",
      });
    }
    const former = await tx.release.findFirst({
      where: { segmentId, environmentKey: environment.key, endedAt: null },
      include: { version: { select: { number: true } } },
    });
    const { version } = earlier;
    const release = await publish(tx, ctx, {
      ...{ environment, segmentId, artefact, members, kind: "rollback", reason: input.reason },
      version: { id: version.id, state: version.state, document: storedDocument(version.document) },
    });
    const served = { environment: environment.key, version: version.number, revision: release.revision };
    await tellWebhooks(tx, ctx, {
      event: "segment.rolled-back",
      data: { segment: key, ...served, reason: input.reason },
    });
    await tellOwner(tx, ctx, storedDocument(version.document), {
      kind: "segment.rolled-back",
      title: `${ctx.actor.name} rolled ${name} back to v${version.number} in ${environment.name}`,
      body: input.reason,
    });
    await recordAudit(tx, ctx, {
      action: "segment.rolled-back",
      subject: { type: "segment", id: key, name },
      before: former && { version: former.version.number, kind: former.kind, revision: former.revision },
      after: { ...served, reason: input.reason },
    });
    return {
      release: toRelease(release, artefact.contentHash, customerRounding(ctx.actor)),
      revision: release.revision,
    };
  });
}

/** The last time that the version was served there, if somebody approved it or found it justified. */
async function requireEarlierRelease(
  db: Database | Transaction,
  segmentId: string,
  { environment, toVersion }: Pick<RollBackInput, "environment" | "toVersion">,
) {
  const served = await db.release.findMany({
    where: { segmentId, environmentKey: environment, version: { number: toVersion } },
    orderBy: { revision: "desc" },
    include: { version: true, breakGlass: { select: { outcome: true } } },
  });
  const earlier = served.find(({ kind, breakGlass }) => canReturn({ kind, outcome: breakGlass?.outcome ?? null }));
  if (earlier) return earlier;
  if (served.length > 0) {
    const message = `Version ${toVersion} was released without its approvals, and nobody has found that justified.`;
    throw new DomainError("conflict", message, { reason: "not-approved" });
  }
  throw new DomainError("conflict", `Version ${toVersion} was never released to ${environment}.`, {
    reason: "never-released",
  });
}
