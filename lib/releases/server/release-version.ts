import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { customerRounding, downToCell } from "../../catalogue/small-cells";
import { tellWebhooks } from "../../notices/server/tell-webhooks";
import { lockSegment, storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import { quorumOf } from "../../versions/quorum";
import { refuse } from "../../versions/refusal";
import { refusalOfRelease } from "../../versions/release-gates";
import { requireRightNow } from "../../versions/server/acting-person";
import { loadReleaseFacts } from "../../versions/server/release-facts";
import { loadReviewFacts } from "../../versions/server/review-facts";
import { requireVersion } from "../../versions/server/version-row";
import type { releasedSchema, releaseVersionSchema } from "../contract";
import { prepareRelease, requireAsPrepared } from "./prepare-release";
import { lockEnvironment, publish } from "./publish";
import { toRelease } from "./release-row";
import { requireSayable } from "./require-sayable";

export type ReleaseVersionInput = z.output<typeof releaseVersionSchema> & { readonly id: string };

/** Serves a version in an environment. Every gate is checked here, in the transaction that makes it true. */
export async function releaseVersion(
  ctx: Context,
  { id, environment: environmentKey, rollout = 100 }: ReleaseVersionInput,
): Promise<z.output<typeof releasedSchema>> {
  requirePermission(ctx.actor, "version.release");
  const seen = await requireVersion(ctx.db, id);
  const prepared = await prepareRelease(ctx, seen, { environment: environmentKey, rollout });
  const { artefact, members, impact } = prepared;
  return ctx.db.$transaction(async (tx) => {
    const segment = await lockSegment(tx, seen.segment.key);
    const environment = await lockEnvironment(tx, environmentKey);
    const version = await requireVersion(tx, id);
    await requireRightNow(tx, ctx, "version.release");
    const review = await loadReviewFacts(tx, version, impact);
    const facts = await loadReleaseFacts(tx, { environment, now: ctx.now, rollout }, version, review);
    refuse(refusalOfRelease(facts));
    await requireAsPrepared(tx, version, prepared);
    await requireSayable(tx, environment.key, artefact);
    const quorum = quorumOf(facts.tally);
    const release = await publish(tx, ctx, {
      ...{ environment, artefact, members, segmentId: segment.id, kind: "release", reason: "" },
      version: { id, state: version.state, document: storedDocument(version.document) },
      ...(quorum && { quorum }),
    });
    const { version: number, contentHash, references } = artefact;
    const served = { version: number, contentHash, rolloutPercent: rollout };
    const told = { environment: environmentKey, revision: release.revision, ...served };
    await tellWebhooks(tx, ctx, { event: "segment.released", data: { segment: segment.key, ...told } });
    await recordAudit(tx, ctx, {
      action: "segment.released",
      subject: { type: "segment", id: segment.key, name: artefact.name },
      after: {
        ...{ ...told, references, members: downToCell(members) },
        approvals: quorum?.asks.flatMap(({ given }) => given) ?? [],
      },
    });
    return {
      release: toRelease(release, artefact.contentHash, customerRounding(ctx.actor)),
      revision: release.revision,
    };
  });
}
