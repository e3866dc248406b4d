import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { customerRounding } from "../../catalogue/small-cells";
import { DomainError } from "../../errors";
import { takesNobody } from "../../guards/artefact";
import { findLiveArtefact } from "../../guards/server/live-artefacts";
import { lockEnvironment } from "../../membership/server/revision-line";
import { tellWebhooks } from "../../notices/server/tell-webhooks";
import { lockSegment, storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { Environment } from "../../server/prisma/client";
import { canApplyIn } from "../../versions/approval-policy";
import { requireRightNow } from "../../versions/server/acting-person";
import { loadPolicies } from "../../versions/server/load-policies";
import { voidApprovals } from "../../versions/server/settle-approval";
import { requireVersion } from "../../versions/server/version-row";
import { killedArtefact } from "../artefact-of";
import type { killSchema, releasedSchema } from "../contract";
import { publish } from "./publish";
import { toRelease } from "./release-row";
import { tellOwner } from "./tell-owner";

export type KillSegmentInput = z.output<typeof killSchema> & { readonly key: string };

/** Empties a segment in an environment at once: nothing is counted or reviewed before. A rollback brings it back. */
export async function killSegment(ctx: Context, input: KillSegmentInput): Promise<z.output<typeof releasedSchema>> {
  requirePermission(ctx.actor, "segment.kill");
  return ctx.db.$transaction(async (tx) => {
    const segment = await lockSegment(tx, input.key);
    const environment = await lockEnvironment(tx, input.environment);
    await requireRightNow(tx, ctx, "segment.kill");
    const live = await findLiveArtefact(tx, environment.key, segment.key);
    if (!live) throw new DomainError("conflict", `${environment.name} never served it.`, { reason: "never-released" });
    if (takesNobody(live.artefact)) {
      const reason = live.artefact.killed ? "already-killed" : "archived";
      throw new DomainError("conflict", `${environment.name} serves nobody already.`, { reason });
    }
    const version = await requireVersion(tx, live.versionId);
    const release = await publish(tx, ctx, {
      ...{ environment, segmentId: segment.id, kind: "kill", members: 0, reason: input.reason },
      artefact: killedArtefact(live.artefact),
      version: { id: version.id, state: version.state, document: storedDocument(version.document) },
    });
    const served = { environment: environment.key, version: live.artefact.version, revision: release.revision };
    await tellWebhooks(tx, ctx, {
      event: "segment.killed",
      data: { segment: segment.key, ...served, reason: input.reason },
    });
    await tellOwner(tx, ctx, storedDocument(version.document), {
      kind: "segment.killed",
      title: `${ctx.actor.name} emptied ${segment.name} in ${environment.name}`,
      body: input.reason,
    });
    await voidWhatWasApproved(tx, ctx, { environment, segmentId: segment.id, killed: version.id });
    await recordAudit(tx, ctx, {
      action: "segment.killed",
      subject: { type: "segment", id: segment.key, name: segment.name },
      before: { version: live.artefact.version, revision: live.revision },
      after: { environment: environment.key, revision: release.revision, reason: input.reason },
    });
    return {
      release: toRelease(release, live.artefact.contentHash, customerRounding(ctx.actor)),
      revision: release.revision,
    };
  });
}

/** Nobody who approved another version knew of this: without new approvals none takes the place of what was emptied. */
async function voidWhatWasApproved(
  tx: Transaction,
  ctx: Context,
  { environment, segmentId, killed }: { readonly environment: Environment; segmentId: string; killed: string },
): Promise<void> {
  const policies = await loadPolicies(tx);
  if (!policies.some((policy) => canApplyIn(environment.key, policy))) return;
  const because = `The segment was emptied in ${environment.name} since.`;
  await voidApprovals(tx, ctx, { segmentId, except: killed, because });
}
