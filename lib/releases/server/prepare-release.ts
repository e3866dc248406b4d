import { getEngine } from "../../engine/server/engine-instance";
import { DomainError, notFound } from "../../errors";
import type { Artefact } from "../../guards/artefact";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { findLiveArtefact } from "../../guards/server/live-artefacts";
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
  /** The release whose artefact is served to more or fewer, or what the references stood for. */
  readonly stood: { readonly releaseId: string } | { readonly stand: string };
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
    return { version, environment, artefact, members, impact: basis.impact, stood: { releaseId: live.releaseId } };
  }
  const vocabulary = await loadVocabulary(ctx.db, environment, version.document);
  const document = requireReleasable(version.document, vocabulary, ctx.now);
  const identity = { version: version.number, contentHash: version.contentHash, rolloutPercent: rollout };
  const artefact = artefactOf(document, identity, vocabulary);
  const [members, { basis }] = await Promise.all([count(artefact), measureReview(ctx, version)]);
  const { impact } = basis;
  return { version, environment, artefact, members, impact, stood: { stand: vocabulary.stand } };
}

/** Throws a conflict when the version, or what it refers to, is not what was prepared. Needs segment and environment locked. */
export async function requireAsPrepared(
  tx: Transaction,
  version: VersionRow,
  { version: seen, environment, stood }: PreparedRelease,
): Promise<void> {
  if (version.contentHash !== seen.contentHash) throw changedMeanwhile("The version has");
  if ("releaseId" in stood) {
    const live = await findLiveArtefact(tx, environment, version.segment.key);
    if (live?.releaseId !== stood.releaseId) throw changedMeanwhile("What is live has");
    return;
  }
  const { rule } = storedDocument(version.document).definition;
  const { stand } = await loadMeanings(tx, environment, referencesOf(rule));
  if (stand !== stood.stand) throw changedMeanwhile("What the rule refers to has");
}

function changedMeanwhile(whatHas: string): DomainError {
  return new DomainError("conflict", `${whatHas} changed meanwhile: look at it again.`, { reason: "changed" });
}
