import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import type { Engine } from "../../engine/engine";
import { type KnownCustomer, mergedCustomer } from "../../engine/merged-customer";
import { DomainError, notFound } from "../../errors";
import { explainMembership } from "../../guards/explain-membership";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { listLiveArtefacts } from "../../guards/server/live-artefacts";
import type { Context } from "../../server/context";
import type { MergePreview, mergePreviewInputSchema } from "../identity-contract";
import { reasonAnswer } from "../membership-words";

export type MergePreviewInput = z.output<typeof mergePreviewInputSchema> & { readonly from: string };

/**
 * What a merge would do to the membership of both, from what is stored of them now: what is computed from events follows
 * the merge, and may move them further. Values stay covered.
 */
export async function previewMerge(
  ctx: Context,
  { from, into, environment }: MergePreviewInput,
  engine: Pick<Engine, "get" | "consentsOf" | "identitiesOf">,
): Promise<MergePreview> {
  requirePermission(ctx.actor, "customer.write");
  if (from === into)
    throw new DomainError("invalid", "A customer is not merged into themselves.", { reason: "same-customer" });
  const [catalogue, live, identities, ...both] = await Promise.all([
    loadCatalogue(ctx.db),
    listLiveArtefacts(ctx.db, environment),
    engine.identitiesOf(from),
    known(engine, from),
    known(engine, into),
  ]);
  const [leaving, staying] = both;
  const asOf = ctx.now.getTime();
  const merged = mergedCustomer(leaving, staying, asOf);
  const preview: Pick<MergePreview, "stays" | "enters" | "leaves" | "lost"> = {
    ...{ stays: [], enters: [], leaves: [], lost: [] },
  };
  for (const { artefact } of live) {
    const rule = guardedRuleOfArtefact(artefact);
    const [was, is, then] = [leaving, staying, merged].map(({ profile }) => explainMembership(rule, profile, asOf));
    if (!was || !is || !then) continue;
    const wording = { vocabulary: catalogue, asOf, isMasked: () => true };
    const standing = { killed: artefact.killed, rolloutPercent: artefact.rolloutPercent, listReason: "" };
    const segment = { key: artefact.key, name: artefact.name, version: artefact.version };
    const explained = { ...segment, because: reasonAnswer(then, standing, wording).summary };
    if (is.member && then.member) preview.stays.push(segment);
    else if (then.member) preview.enters.push(explained);
    else if (is.member) preview.leaves.push(explained);
    else if (was.member) preview.lost.push(explained);
  }
  const own = staying.profile;
  return {
    ...{ from, into, environment, ...preview },
    withdrawn: own.consents.filter((purpose) => !merged.profile.consents.includes(purpose)),
    gained: Object.keys(merged.profile.attributes).filter((key) => own.attributes[key] === undefined),
    identities: identities.length,
  };
}

async function known(engine: Pick<Engine, "get" | "consentsOf">, id: string): Promise<KnownCustomer> {
  const [profile, statements] = await Promise.all([engine.get(id), engine.consentsOf(id)]);
  if (!profile) throw notFound("customer", id);
  return { profile, statements };
}
