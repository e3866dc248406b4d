import { getEngine } from "../../engine/server/engine-instance";
import { DomainError, notFound } from "../../errors";
import type { Artefact } from "../../guards/artefact";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { findLiveArtefact, type LiveArtefact } from "../../guards/server/live-artefacts";
import { loadMeanings, loadVocabulary } from "../../guards/server/load-vocabulary";
import { referencesOf } from "../../rules/references";
import { storedDocument } from "../../segments/server/segment-row";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { ImpactSize } from "../../versions/approval-policy";
import { measureReview } from "../../versions/server/measure-review";
import { isServed } from "../../versions/server/release-facts";
import { storedMeasured } from "../../versions/server/review-facts";
import type { VersionRow } from "../../versions/server/version-row";
import { artefactFor, artefactOf } from "../artefact-of";
import { requireReleasable } from "./require-releasable";

/** What takes long, made before the locks are taken. */
export type PreparedRelease = {
  readonly version: VersionRow;
  readonly environment: string;
  readonly artefact: Artefact;
  readonly members: number;
  /** How much the version moves now. */
  readonly impact: ImpactSize | null;
  /** The release that was live; and what the references stood for, null where its artefact is served to more or fewer. */
  readonly stood: { readonly releaseId: string | null; readonly stand: string | null };
};

/** The artefact as it would be released now, counted. Throws `blocked` with all findings that are in the way. */
export async function prepareRelease(
  ctx: Context,
  version: VersionRow,
  { environment, rollout }: { readonly environment: string; readonly rollout: number },
): Promise<PreparedRelease> {
  const known = await ctx.db.environment.count({ where: { key: environment } });
  if (known === 0) throw notFound("environment", environment);
  const live = await findLiveArtefact(ctx.db, environment, version.segment.key);
  const count = (artefact: Artefact) => getEngine().count(guardedRuleOfArtefact(artefact), ctx.now.getTime());
  if (live && isServed(live, version.id) && live.artefact.contentHash === version.contentHash) {
    const artefact = artefactFor(live.artefact, rollout);
    const { basis } = storedMeasured(version) ?? (await measureReview(ctx, version));
    const members = await count(artefact);
    return {
      version,
      environment,
      artefact,
      members,
      impact: basis.impact,
      stood: { releaseId: live.releaseId, stand: null },
    };
  }
  const vocabulary = await loadVocabulary(ctx.db, environment, version.document);
  const document = requireReleasable(version.document, vocabulary, ctx.now);
  const identity = { version: version.number, contentHash: version.contentHash, rolloutPercent: rollout };
  const artefact = artefactOf(document, identity, vocabulary);
  const [members, { basis }] = await Promise.all([count(artefact), measureReview(ctx, version)]);
  const { impact } = basis;
  const stood = { releaseId: live?.releaseId ?? null, stand: vocabulary.stand };
  return { version, environment, artefact, members, impact, stood };
}

/**
 * Throws a conflict when the version, what is live, or what the version refers to, is not what was prepared: of two
 * releases at once the second is told. Needs segment and environment locked.
 */
export async function requireAsPrepared(
  tx: Transaction,
  version: VersionRow,
  live: LiveArtefact | null,
  { version: seen, environment, stood }: PreparedRelease,
): Promise<void> {
  if (version.contentHash !== seen.contentHash) throw changedMeanwhile("The version has");
  if ((live?.releaseId ?? null) !== stood.releaseId) throw changedMeanwhile("What is live has");
  if (stood.stand === null) return;
  const { rule } = storedDocument(version.document).definition;
  const { stand } = await loadMeanings(tx, environment, referencesOf(rule));
  if (stand !== stood.stand) throw changedMeanwhile("What the rule refers to has");
}

function changedMeanwhile(whatHas: string): DomainError {
  return new DomainError("conflict", `${whatHas} changed meanwhile: look at it again.`, { reason: "changed" });
}
