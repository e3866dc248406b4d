import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { customerRounding, downToCell } from "../../catalogue/small-cells";
import { getEngine } from "../../engine/server/engine-instance";
import { DomainError } from "../../errors";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { loadMeanings, loadVocabulary } from "../../guards/server/load-vocabulary";
import { referencesOf } from "../../rules/references";
import { lockSegment } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import { refuse } from "../../versions/refusal";
import { refusalOfRelease } from "../../versions/release-gates";
import { requireRightNow } from "../../versions/server/acting-person";
import { loadReleaseFacts } from "../../versions/server/release-facts";
import { loadReviewFacts } from "../../versions/server/review-facts";
import { requireVersion } from "../../versions/server/version-row";
import { artefactOf } from "../artefact-of";
import type { releasedSchema, releaseVersionSchema } from "../contract";
import { lockEnvironment, publish } from "./publish";
import { toRelease } from "./release-row";
import { requireReleasable } from "./require-releasable";
import { requireSayable } from "./require-sayable";

export type ReleaseVersionInput = z.output<typeof releaseVersionSchema> & { readonly id: string };

/** Serves a version in an environment. Every gate is checked here, in the transaction that makes it true. */
export async function releaseVersion(
  ctx: Context,
  { id, environment: environmentKey, rollout = 100, at }: ReleaseVersionInput,
): Promise<z.output<typeof releasedSchema>> {
  requirePermission(ctx.actor, "version.release");
  if (at !== undefined) {
    throw new DomainError("invalid", "Schedules come with the full release workflow: leave out `at`.", {
      reason: "no-schedules",
    });
  }
  const seen = await requireVersion(ctx.db, id);
  const vocabulary = await loadVocabulary(ctx.db, environmentKey, seen.document);
  const document = requireReleasable(seen.document, vocabulary, ctx.now);
  const identity = { version: seen.number, contentHash: seen.contentHash, rolloutPercent: rollout };
  const artefact = artefactOf(document, identity, vocabulary);
  const members = await getEngine().count(guardedRuleOfArtefact(artefact), ctx.now.getTime());
  return ctx.db.$transaction(async (tx) => {
    const segment = await lockSegment(tx, seen.segment.key);
    const environment = await lockEnvironment(tx, environmentKey);
    const version = await requireVersion(tx, id);
    await requireRightNow(tx, ctx, "version.release");
    const review = await loadReviewFacts(tx, version);
    refuse(refusalOfRelease(await loadReleaseFacts(tx, environment, version, review, rollout)));
    if (version.contentHash !== seen.contentHash) throw changedMeanwhile("The version has");
    const { stand } = await loadMeanings(tx, environmentKey, referencesOf(document.definition.rule));
    if (stand !== vocabulary.stand) throw changedMeanwhile("What the rule refers to has");
    await requireSayable(tx, environment.key, artefact);
    const release = await publish(tx, ctx, {
      ...{ environment, artefact, members, segmentId: segment.id, kind: "release", reason: "" },
      version: { id, state: version.state, document },
    });
    await recordAudit(tx, ctx, {
      action: "segment.released",
      subject: { type: "segment", id: segment.key, name: document.name },
      after: {
        environment: environmentKey,
        revision: release.revision,
        ...identity,
        members: downToCell(members),
        references: artefact.references,
      },
    });
    return {
      release: toRelease(release, artefact.contentHash, customerRounding(ctx.actor)),
      revision: release.revision,
    };
  });
}

function changedMeanwhile(whatHas: string): DomainError {
  return new DomainError("conflict", `${whatHas} changed meanwhile: look at it again.`, { reason: "changed" });
}
