import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { customerSubject } from "../../audit/server/customer-subject";
import { recordAudit } from "../../audit/server/record";
import type { Attribute, Catalogue } from "../../catalogue/definition";
import { isPersonal, maskingFor } from "../../catalogue/personal";
import { currentCatalogue } from "../../catalogue/server/current-catalogue";
import type { Engine } from "../../engine/engine";
import { DomainError, notFound } from "../../errors";
import { loadComputed } from "../../events/server/load-computed";
import type { Profile } from "../../rules/definition";
import type { Context } from "../../server/context";
import { type Access, viewerWith } from "../access-purpose";
import type { CustomerLookup, customerLookupSchema } from "../contract";
import type { Wording } from "../membership-words";
import { customerLine } from "./customer-line";
import { currentId } from "./find-customer";
import { judgeCustomer } from "./judge-customer";
import { servedAt } from "./served-at";

export type LookUpCustomerInput = {
  readonly id: string;
  readonly environment: string;
  readonly asOf?: string;
  /** What personal values are needed for; without it they are covered for everybody. */
  readonly access: Access | null;
};

export type LookUpEngine = Pick<Engine, "get" | "profileAt" | "membershipsOf" | "mergedInto">;

/** Instants so near are now: clocks differ. */
const nowToleranceMs = 60_000;

/**
 * One customer as support sees them, now or at a past instant: profile, segments with their reasons, near misses,
 * treatments, the line of entries and exits, what each consumer holds. Who was merged is shown as who they are now.
 * Personal values are covered for who may not see them, or named no purpose. The look itself is recorded before anything
 * is answered.
 */
export async function lookUpCustomer(
  ctx: Context,
  input: LookUpCustomerInput,
  engine: LookUpEngine,
): Promise<z.input<typeof customerLookupSchema>> {
  requirePermission(ctx.actor, "customer.read");
  const past = pastInstant(ctx, input.asOf);
  const { environment } = input;
  const asOf = past ?? ctx.now;
  const known = knownCustomer(ctx, input, { past, engine });
  // Nothing is answered before the look is recorded, which takes as long as finding out what to answer.
  const recorded = known.then(({ customer }) =>
    recordLook(ctx, { ...input, id: customer.id }, past, customer.attributes),
  );
  const answered = async () => {
    const [{ profile, catalogue, isMasked, customer }, served, moves] = await Promise.all([
      known,
      servedAt(ctx, environment, past),
      engine.membershipsOf(environment, input.id),
    ]);
    const wording: Wording = { vocabulary: { ...catalogue, ...served.names }, asOf: asOf.getTime(), isMasked };
    const own = profile.id === input.id ? moves : await engine.membershipsOf(environment, profile.id);
    const [line, judged] = await Promise.all([
      customerLine(ctx, { ...served, environment }, own),
      judgeCustomer(ctx, served.artefacts, profile, wording),
    ]);
    return { customer, served, line, judged };
  };
  const [
    {
      customer,
      served,
      line: { sinceOf, ...line },
      judged: { segments, ...found },
    },
  ] = await Promise.all([answered(), recorded]);
  return {
    ...{ asOf: asOf.toISOString(), environment, revision: served.revision, customer },
    segments: segments.map((segment) => ({ ...segment, since: sinceOf(segment.key) })),
    ...{ ...found, ...line },
  };
}

type Knowing = { readonly past: Date | null; readonly engine: LookUpEngine };

/** Throws not-found. */
async function knownCustomer(ctx: Context, { id, access }: LookUpCustomerInput, { past, engine }: Knowing) {
  const [catalogue, profile] = await Promise.all([currentCatalogue(ctx.db), profileOf(ctx, id, past, engine)]);
  if (!profile) throw notFound("customer", id);
  const isMasked: Wording["isMasked"] = maskingFor(viewerWith(ctx.actor, access), catalogue.attributes);
  return { profile, catalogue, isMasked, customer: customerOf(profile, catalogue, isMasked) };
}

/** Null for now. Throws invalid for what has not come yet. */
function pastInstant({ now }: Context, asOf: string | undefined): Date | null {
  if (asOf === undefined) return null;
  const ahead = Date.parse(asOf) - now.getTime();
  if (Math.abs(ahead) <= nowToleranceMs) return null;
  if (ahead > 0) throw new DomainError("invalid", "Nobody is known as of a later instant.", { reason: "as-of-later" });
  return new Date(asOf);
}

async function profileOf(ctx: Context, id: string, past: Date | null, engine: LookUpEngine): Promise<Profile | null> {
  if (past) return engine.profileAt(id, past.getTime(), await loadComputed(ctx.db));
  return (await engine.get(id)) ?? engine.get(await currentId(engine, id));
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
  past: Date | null,
  attributes: CustomerLookup["customer"]["attributes"],
): Promise<void> {
  const personal = attributes.filter(({ key, labels, value }) => isPersonal({ key, labels }, value ?? undefined));
  const unmasked = personal.flatMap(({ key, masked, value }) => (masked || value === null ? [] : [key]));
  const subject = { type: "customer", id: await customerSubject(ctx.db, id) };
  const asOf = past ? { asOf: past.toISOString() } : {};
  const after = { environment, ...asOf, unmasked, ...(access && unmasked.length > 0 ? { access } : {}) };
  await ctx.db.$transaction((tx) => recordAudit(tx, ctx, { action: "customer.looked-up", subject, after }));
}
