import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { customerRounding } from "../../catalogue/small-cells";
import { DomainError } from "../../errors";
import { findLiveArtefact } from "../../guards/server/live-artefacts";
import { lockSegment, storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import { requireRightNow } from "../../versions/server/acting-person";
import { requireVersion } from "../../versions/server/version-row";
import { killedArtefact } from "../artefact-of";
import type { killSchema, releasedSchema } from "../contract";
import { lockEnvironment, publish } from "./publish";
import { toRelease } from "./release-row";

export type KillSegmentInput = z.output<typeof killSchema> & { readonly key: string };

/** Empties a segment in an environment at once: nothing is counted or reviewed before. A rollback brings it back. */
export async function killSegment(ctx: Context, input: KillSegmentInput): Promise<z.output<typeof releasedSchema>> {
  requirePermission(ctx.actor, "segment.kill");
  return ctx.db.$transaction(async (tx) => {
    const segment = await lockSegment(tx, input.key);
    const environment = await lockEnvironment(tx, input.environment);
    await requireRightNow(tx, ctx, "segment.kill");
    const live = await findLiveArtefact(tx, environment.key, segment.key);
    if (!live || live.artefact.killed) {
      const message = live ? `${environment.name} serves nobody already.` : `${environment.name} never served it.`;
      throw new DomainError("conflict", message, { reason: live ? "already-killed" : "never-released" });
    }
    const version = await requireVersion(tx, live.versionId);
    const release = await publish(tx, ctx, {
      ...{ environment, segmentId: segment.id, kind: "kill", members: 0, reason: input.reason },
      artefact: killedArtefact(live.artefact),
      version: { id: version.id, state: version.state, document: storedDocument(version.document) },
    });
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
