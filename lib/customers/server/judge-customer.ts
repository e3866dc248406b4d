import { type Decider, explainMembership } from "../../guards/explain-membership";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import type { Profile } from "../../rules/definition";
import { effectiveTreatments } from "../../rules/precedence";
import { segmentDocumentSchema } from "../../segments/document";
import type { Context } from "../../server/context";
import type { CustomerLookup } from "../contract";
import { exclusiveConflicts } from "../exclusive-conflicts";
import { nearMissOf, reasonAnswer, type Standing, type Wording } from "../membership-words";
import type { ServedArtefact } from "./served-at";

type Judged = Pick<CustomerLookup, "nearMisses" | "treatments" | "conflicts"> & {
  readonly segments: readonly Omit<CustomerLookup["segments"][number], "since">[];
};

/** What the artefacts make of the customer. */
export async function judgeCustomer(
  ctx: Context,
  artefacts: readonly ServedArtefact[],
  profile: Profile,
  wording: Wording,
): Promise<Judged> {
  const served = artefacts.filter(({ artefact }) => artefact.standing?.state !== "archived");
  const judged = served.map((live) => ({
    live,
    reason: explainMembership(guardedRuleOfArtefact(live.artefact), profile, wording.asOf),
  }));
  const listed = judged.flatMap(({ live, reason }) => (isList(reason.decidedBy) ? [live.versionId] : []));
  const documents = await documentsOf(ctx, listed);
  const segments: Judged["segments"][number][] = [];
  const nearMisses: CustomerLookup["nearMisses"] = [];
  for (const { live, reason } of judged) {
    const { key, name, version, killed, rolloutPercent, treatments } = live.artefact;
    const entries = isList(reason.decidedBy) ? documents.get(live.versionId)?.[reason.decidedBy] : undefined;
    const listReason = entries?.find(({ customerId }) => customerId === profile.id)?.reason ?? "";
    const standing: Standing = { killed, rolloutPercent, listReason };
    const miss = nearMissOf(reason, standing, wording);
    if (!reason.member && !miss) continue;
    const answer = reasonAnswer(reason, standing, wording);
    if (reason.member) segments.push({ key, name, version, reason: answer, treatments });
    else if (miss) nearMisses.push({ key, name, version, ...miss, reason: answer });
  }
  const members = new Set(segments.map(({ key }) => key));
  const claims = artefacts.flatMap(({ artefact }) => (members.has(artefact.key) ? [artefact] : []));
  const treatments = effectiveTreatments(claims).map((each) => ({ ...each, over: [...each.over] }));
  return { segments, nearMisses, treatments, conflicts: exclusiveConflicts(claims) };
}

function isList(decidedBy: Decider): decidedBy is "include" | "exclude" {
  return decidedBy === "include" || decidedBy === "exclude";
}

/** The lists by hand with their reasons, which an artefact leaves out. */
async function documentsOf(ctx: Context, versionIds: readonly string[]) {
  if (versionIds.length === 0) return new Map<string, never>();
  const versions = await ctx.db.version.findMany({
    where: { id: { in: [...versionIds] } },
    select: { id: true, document: true },
  });
  const definition = segmentDocumentSchema.shape.definition;
  return new Map(
    versions.flatMap(({ id, document }) => {
      const parsed = definition.safeParse((document as { definition?: unknown }).definition);
      return parsed.success ? [[id, parsed.data] as const] : [];
    }),
  );
}
