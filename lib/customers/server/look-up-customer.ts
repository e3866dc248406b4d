import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { customerSubject } from "../../audit/server/customer-subject";
import { recordAudit } from "../../audit/server/record";
import type { Attribute, Catalogue } from "../../catalogue/definition";
import { isPersonal, maskingFor } from "../../catalogue/personal";
import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import type { Engine } from "../../engine/engine";
import { DomainError, notFound } from "../../errors";
import { type Decider, explainMembership } from "../../guards/explain-membership";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { type LiveArtefact, listLiveArtefacts } from "../../guards/server/live-artefacts";
import type { Profile } from "../../rules/definition";
import type { RuleVocabulary } from "../../rules/vocabulary";
import { segmentDocumentSchema } from "../../segments/document";
import type { Context } from "../../server/context";
import { type Access, viewerWith } from "../access-purpose";
import type { CustomerLookup, customerLookupSchema } from "../contract";
import { nearMissOf, reasonAnswer, type Standing, type Wording } from "../membership-words";
import { effectiveTreatments } from "../treatments";

export type LookUpCustomerInput = {
  readonly id: string;
  readonly environment: string;
  readonly asOf?: string;
  /** What personal values are needed for; without it they are covered for everybody. */
  readonly access: Access | null;
};

const nowToleranceMs = 60_000;

/**
 * One customer as support sees them: profile, segments with their reasons, near misses, treatments. Personal values are
 * covered for who may not see them, or named no purpose. The look itself is recorded before anything is answered.
 */
export async function lookUpCustomer(
  ctx: Context,
  input: LookUpCustomerInput,
  engine: Pick<Engine, "get">,
): Promise<z.input<typeof customerLookupSchema>> {
  requirePermission(ctx.actor, "customer.read");
  refuseOtherInstants(ctx, input.asOf);
  const [catalogue, served, profile] = await Promise.all([
    loadCatalogue(ctx.db),
    servedIn(ctx, input.environment),
    engine.get(input.id),
  ]);
  if (!profile) throw notFound("customer", input.id);
  const isMasked: Wording["isMasked"] = maskingFor(viewerWith(ctx.actor, input.access), catalogue.attributes);
  const wording: Wording = { vocabulary: { ...catalogue, ...served.names }, asOf: ctx.now.getTime(), isMasked };
  const customer = customerOf(profile, catalogue, isMasked);
  const found = await judge(ctx, served.artefacts, profile, wording);
  await recordLook(ctx, input, customer.attributes);
  return {
    asOf: ctx.now.toISOString(),
    environment: input.environment,
    revision: served.revision,
    customer,
    ...found,
  };
}

function refuseOtherInstants(ctx: Context, asOf: string | undefined): void {
  if (asOf === undefined || Math.abs(Date.parse(asOf) - ctx.now.getTime()) <= nowToleranceMs) return;
  throw new DomainError("invalid", "Customers are shown as they are now: time travel comes with the membership log.", {
    reason: "as-of-unavailable",
  });
}

type Served = {
  readonly revision: number;
  readonly artefacts: readonly LiveArtefact[];
  /** What rules refer to. */
  readonly names: Pick<RuleVocabulary, "segments" | "lists">;
};

function servedIn(ctx: Context, environment: string): Promise<Served> {
  return ctx.db.$transaction(
    async (tx) => {
      const found = await tx.environment.findUnique({ where: { key: environment } });
      if (!found) throw notFound("environment", environment);
      const artefacts = await listLiveArtefacts(tx, environment);
      const lists = await tx.managedList.findMany({ select: { key: true, name: true } });
      const names = {
        segments: new Map(artefacts.map(({ artefact: { key, name } }) => [key, { name }])),
        lists: new Map(lists.map(({ key, name }) => [key, { name }])),
      };
      return { revision: found.revision, artefacts, names };
    },
    { isolationLevel: "RepeatableRead" },
  );
}

async function judge(
  ctx: Context,
  artefacts: readonly LiveArtefact[],
  profile: Profile,
  wording: Wording,
): Promise<Pick<CustomerLookup, "segments" | "nearMisses" | "treatments">> {
  const served = artefacts.filter(({ artefact }) => artefact.standing?.state !== "archived");
  const judged = served.map((live) => ({
    live,
    reason: explainMembership(guardedRuleOfArtefact(live.artefact), profile, wording.asOf),
  }));
  const listed = judged.flatMap(({ live, reason }) => (isList(reason.decidedBy) ? [live.versionId] : []));
  const documents = await documentsOf(ctx, listed);
  const segments: CustomerLookup["segments"] = [];
  const nearMisses: CustomerLookup["nearMisses"] = [];
  for (const { live, reason } of judged) {
    const { key, name, version, killed, rolloutPercent, treatments } = live.artefact;
    const entries = isList(reason.decidedBy) ? documents.get(live.versionId)?.[reason.decidedBy] : undefined;
    const listReason = entries?.find(({ customerId }) => customerId === profile.id)?.reason ?? "";
    const standing: Standing = { killed, rolloutPercent, listReason };
    const answer = reasonAnswer(reason, standing, wording);
    const miss = nearMissOf(reason, standing, wording);
    if (reason.member) segments.push({ key, name, version, reason: answer, treatments });
    else if (miss) nearMisses.push({ key, name, version, ...miss, reason: answer });
  }
  const members = new Set(segments.map(({ key }) => key));
  const claims = artefacts.flatMap(({ artefact }) => (members.has(artefact.key) ? [artefact] : []));
  const treatments = effectiveTreatments(claims).map((each) => ({ ...each, over: [...each.over] }));
  return { segments, nearMisses, treatments };
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

function customerOf(profile: Profile, catalogue: Catalogue, isMasked: Wording["isMasked"]): CustomerLookup["customer"] {
  const region = profile.region;
  const attributes = [...catalogue.attributes.values()].map((attribute) => shownValue(attribute, profile, isMasked));
  return {
    id: profile.id,
    region: region === undefined ? null : { key: region, name: catalogue.regions.get(region)?.name ?? region },
    attributes,
    consents: [...catalogue.purposes.values()].map(({ key, name }) => ({
      purpose: key,
      name,
      state: profile.objections.includes(key) ? "objected" : profile.consents.includes(key) ? "granted" : "none",
    })),
    masked: attributes.some(({ masked }) => masked),
  };
}

function shownValue(attribute: Attribute, profile: Profile, isMasked: Wording["isMasked"]) {
  const { key, name, type, labels, unit } = attribute;
  const value = profile.attributes[key];
  const masked = isMasked(key, value);
  const shown = masked || value === undefined ? null : typeof value === "object" ? [...value] : value;
  return { key, name, type, value: shown, unit: unit ?? null, masked, labels };
}

async function recordLook(
  ctx: Context,
  { id, environment, access }: LookUpCustomerInput,
  attributes: CustomerLookup["customer"]["attributes"],
): Promise<void> {
  const personal = attributes.filter(({ key, labels, value }) => isPersonal({ key, labels }, value ?? undefined));
  const unmasked = personal.flatMap(({ key, masked, value }) => (masked || value === null ? [] : [key]));
  const subject = { type: "customer", id: await customerSubject(ctx.db, id) };
  const after = { environment, unmasked, ...(access && unmasked.length > 0 ? { access } : {}) };
  await ctx.db.$transaction((tx) => recordAudit(tx, ctx, { action: "customer.looked-up", subject, after }));
}
