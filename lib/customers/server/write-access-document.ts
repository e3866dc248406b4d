import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import type { CustomerEvent } from "../../engine/customer-records";
import type { Engine } from "../../engine/engine";
import { DomainError, notFound } from "../../errors";
import { contentOf, newestHeads } from "../../lists/server/list-content";
import type { Context } from "../../server/context";
import type { Access } from "../access-purpose";
import type { AccessDocument } from "../request-contract";

export type AccessEngine = Pick<Engine, "get" | "eventsOf" | "consentsOf" | "identitiesOf" | "membershipsOf">;

const eventsAtOnce = 1_000;

/** Everything that is kept of the person who asked, each part with where it comes from. Nothing is covered: it is theirs. */
export async function writeAccessDocument(ctx: Context, id: string, engine: AccessEngine): Promise<AccessDocument> {
  requirePermission(ctx.actor, "customer.write");
  requirePermission(ctx.actor, "customer.unmask");
  const request = await ctx.db.dataRequest.findUnique({ where: { id } });
  if (!request) throw notFound("request", id);
  const { customerId: customer, customerHash, number } = request;
  if (request.kind !== "access" || customer === null)
    throw new DomainError("conflict", "Only an access request of a customer who is still known has a document.", {
      reason: "no-document",
    });
  const subject = { type: "customer", id: customerHash };
  const access: Access = { purpose: "data_subject_request", reference: `request ${number}` };
  await ctx.db.$transaction((tx) =>
    recordAudit(tx, ctx, { action: "data-request.exported", subject, after: { request: number, access } }),
  );
  return {
    ...{ request: number, customer, writtenAt: ctx.now.toISOString() },
    profile: await profileOf(ctx, customer, engine),
    ...(await told(customer, engine)),
    events: { source: "What systems sent as events, or files brought.", items: await eventsOf(customer, engine) },
    memberships: await membershipsOf(ctx, customer, engine),
    lists: await listsOf(ctx, customer),
    ...(await recorded(ctx, customer, customerHash)),
  };
}

async function profileOf(ctx: Context, customer: string, engine: AccessEngine): Promise<AccessDocument["profile"]> {
  const [{ attributes }, profile] = await Promise.all([loadCatalogue(ctx.db), engine.get(customer)]);
  return {
    source: "The latest values that systems sent or files brought, and what was computed or scored of them.",
    region: profile?.region ?? null,
    attributes: Object.entries(profile?.attributes ?? {}).map(([key, value]) => {
      const { name = key, source = "stored" } = attributes.get(key) ?? {};
      return { key, name, source, value: typeof value === "object" ? [...value] : value };
    }),
  };
}

async function told(customer: string, engine: AccessEngine): Promise<Pick<AccessDocument, "identities" | "consents">> {
  const [identities, consents] = await Promise.all([engine.identitiesOf(customer), engine.consentsOf(customer)]);
  return {
    identities: {
      source: "What names the customer beside the id; e-mail addresses as keyed hashes only.",
      items: identities.map(({ namespace, value }) => ({ namespace, value })),
    },
    consents: {
      source: "Every statement that was brought, with who brought it and the version of the text.",
      items: consents.map(({ purpose, state, at, source, text }) => ({
        ...{ purpose, state, at: new Date(at).toISOString(), source, text: text ?? null },
      })),
    },
  };
}

async function eventsOf(customer: string, engine: AccessEngine): Promise<AccessDocument["events"]["items"]> {
  const all: CustomerEvent[] = [];
  for (;;) {
    const last = all.at(-1);
    const page = await engine.eventsOf(customer, { limit: eventsAtOnce, ...(last ? { before: last } : {}) });
    all.push(...page);
    if (page.length < eventsAtOnce) break;
  }
  return all.map(({ id, type, at, properties }) => ({ id, type, at: new Date(at).toISOString(), properties }));
}

async function membershipsOf(
  ctx: Context,
  customer: string,
  engine: AccessEngine,
): Promise<AccessDocument["memberships"]> {
  const environments = await ctx.db.environment.findMany({ select: { key: true }, orderBy: { position: "asc" } });
  const items: AccessDocument["memberships"]["items"] = [];
  for (const { key: environment } of environments) {
    const line = await engine.membershipsOf(environment, customer);
    const numbers = line.map(({ revision }) => revision);
    const revisions = await ctx.db.revision.findMany({
      where: { environmentKey: environment, number: { in: numbers } },
      select: { number: true, createdAt: true },
    });
    const instants = new Map(revisions.map(({ number, createdAt }) => [number, createdAt.toISOString()]));
    for (const { revision, segment, change, cause } of line)
      items.push({ environment, segment, change, cause, at: instants.get(revision) ?? null });
  }
  return { source: "Segments entered and left, as released rules and the values above came to.", items };
}

async function listsOf(ctx: Context, customer: string): Promise<AccessDocument["lists"]> {
  const items: AccessDocument["lists"]["items"] = [];
  for (const head of (await newestHeads(ctx.db)).values()) {
    const content = await contentOf(ctx.db, head);
    if (content.some(({ customerId }) => customerId === customer))
      items.push({ list: head.listKey, version: head.number });
  }
  return { source: "Lists of customers that people uploaded, in their current version.", items };
}

async function recorded(
  ctx: Context,
  customer: string,
  hash: string,
): Promise<Pick<AccessDocument, "merges" | "scoreOverrides" | "looks" | "requests">> {
  const [merges, overrides, looks, requests] = await Promise.all([
    ctx.db.customerMerge.findMany({
      where: { OR: [{ fromId: customer }, { intoId: customer }] },
      orderBy: { mergedAt: "asc" },
    }),
    ctx.db.scoreOverride.findMany({ where: { customerId: customer }, orderBy: { createdAt: "asc" } }),
    ctx.db.auditEntry.findMany({
      where: { subjectType: "customer", subjectId: hash },
      orderBy: { sequence: "asc" },
      select: { at: true, action: true, actorName: true },
    }),
    ctx.db.dataRequest.findMany({ where: { customerHash: hash }, orderBy: { number: "asc" } }),
  ]);
  return {
    merges: {
      source: "Customers who turned out to be the same person.",
      items: merges.map(({ fromId, intoId, mergedAt }) => ({ from: fromId, into: intoId, at: mergedAt.toISOString() })),
    },
    scoreOverrides: {
      source: "Scores that a person gave in place of a model's.",
      items: overrides.map(({ attributeKey, value, reason, createdAt }) => ({
        ...{ attribute: attributeKey, value, reason, at: createdAt.toISOString() },
      })),
    },
    looks: {
      source: "The record of who looked at the customer or changed something of them.",
      items: looks.map(({ at, action, actorName }) => ({ at: at.toISOString(), action, by: actorName })),
    },
    requests: {
      source: "Requests of access and erasure.",
      items: requests.map(({ number, kind, state, receivedAt }) => ({
        ...{ number, kind, state, receivedAt: receivedAt.toISOString() },
      })),
    },
  };
}
