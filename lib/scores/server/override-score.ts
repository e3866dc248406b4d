import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { toPersonSummary } from "../../access/server/person-summary";
import { customerSubject } from "../../audit/server/customer-subject";
import { recordAudit } from "../../audit/server/record";
import { isPersonal, maskingFor } from "../../catalogue/personal";
import { attributeOf, loadCatalogue } from "../../catalogue/server/load-catalogue";
import { currentId } from "../../customers/server/find-customer";
import type { Engine } from "../../engine/engine";
import { storableValue } from "../../engine/storable-profile";
import { DomainError, notFound } from "../../errors";
import type { MembershipCause } from "../../membership/cause";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import { Prisma, type ScoreOverride } from "../../server/prisma/client";
import type {
  overriddenScoreSchema,
  overrideScoreSchema,
  ScoreOverrideItem,
  scoreOverrideListSchema,
} from "../contract";
import { requireScoreValue } from "../score-value";

export type Scoring = {
  readonly engine: Pick<Engine, "get" | "ingest" | "mergedInto">;
  /** Has membership follow whom it moved. */
  readonly touch: (customers: readonly string[], cause: MembershipCause) => void;
};

type Overridden = z.input<typeof overriddenScoreSchema>;
export type OverrideInput = z.output<typeof overrideScoreSchema> & { readonly customerId: string };

const longestMs = 366 * 86_400_000;

/** The record says so first, then the store does it: what is cut off between is made good by `holdOverrides`. */
export async function overrideScore(ctx: Context, input: OverrideInput, scoring: Scoring): Promise<Overridden> {
  requirePermission(ctx.actor, "score.override");
  const value = await requireScore(ctx, input);
  const expiresAt = requireExpiry(ctx, input.expiresAt);
  const customerId = await currentId(scoring.engine, input.customerId);
  const profile = await scoring.engine.get(customerId);
  if (!profile) throw notFound("customer", input.customerId);
  const row = await ctx.db.$transaction(async (tx) => {
    await lockScore(tx, customerId, input.attribute);
    const standing = await tx.scoreOverride.findFirst({
      where: { customerId, attributeKey: input.attribute, endedAt: null },
    });
    if (standing) await end(tx, ctx, standing);
    const replaced = standing ? standing.replaced : (profile.attributes[input.attribute] ?? null);
    const created = await tx.scoreOverride.create({
      data: {
        ...{ customerId, attributeKey: input.attribute, reason: input.reason, expiresAt },
        ...{ value, createdById: ctx.actor.id, createdAt: ctx.now },
        replaced: replaced === null ? Prisma.DbNull : requireScoreValue(replaced),
      },
    });
    await record(tx, ctx, "score.overridden", created);
    return created;
  });
  await scoring.engine.ingest(
    { changes: [{ id: customerId, attributes: { [input.attribute]: value } }] },
    ctx.now.getTime(),
  );
  scoring.touch([customerId], "data");
  return { override: await itemOf(ctx, row) };
}

/** The model's score holds again. An override that has ended already changes nothing. */
export async function endOverride(ctx: Context, id: string, scoring: Scoring): Promise<Overridden> {
  requirePermission(ctx.actor, "score.override");
  const found = await ctx.db.scoreOverride.findUnique({ where: { id } });
  if (!found) throw notFound("override", id);
  return { override: await itemOf(ctx, await giveBack(ctx, found, scoring)) };
}

/** Ends an override, and gives its customer back what the model says. */
export async function giveBack(
  ctx: Context,
  { id, customerId, attributeKey }: ScoreOverride,
  { engine, touch }: Scoring,
): Promise<ScoreOverride> {
  const { row, ended } = await ctx.db.$transaction(async (tx) => {
    await lockScore(tx, customerId, attributeKey);
    const standing = await tx.scoreOverride.findUniqueOrThrow({ where: { id } });
    if (standing.endedAt !== null) return { row: standing, ended: false };
    return { row: await end(tx, ctx, standing), ended: true };
  });
  if (!ended) return row;
  const value = row.replaced === null ? null : requireScoreValue(row.replaced);
  await engine.ingest({ changes: [{ id: customerId, attributes: { [attributeKey]: value } }] }, ctx.now.getTime());
  touch([customerId], "data");
  return row;
}

export async function listOverrides(
  ctx: Context,
  customerId: string,
  engine: Pick<Engine, "mergedInto">,
): Promise<z.input<typeof scoreOverrideListSchema>> {
  requirePermission(ctx.actor, "customer.read");
  const current = await currentId(engine, customerId);
  const rows = await ctx.db.scoreOverride.findMany({
    where: { customerId: current },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const items: ScoreOverrideItem[] = [];
  for (const row of rows) items.push(await itemOf(ctx, row));
  return { items };
}

async function requireScore(ctx: Context, { attribute: key, value }: OverrideInput) {
  const row = await ctx.db.attribute.findUnique({ where: { key } });
  if (!row) throw notFound("attribute", key);
  const { source, type } = attributeOf(row);
  if (source !== "score")
    throw new DomainError("invalid", `Attribute "${key}" is no score: it is what was told of the customer.`, {
      reason: "not-a-score",
    });
  const stored = storableValue(value, type);
  if (stored === undefined || stored === "" || typeof stored === "object")
    throw new DomainError("invalid", `Attribute "${key}" is of type ${type}, which the value is not.`, {
      reason: "wrong-type",
    });
  return stored;
}

function requireExpiry({ now }: Context, expiresAt: string | undefined): Date | null {
  if (expiresAt === undefined) return null;
  const at = new Date(expiresAt);
  const ahead = at.getTime() - now.getTime();
  if (ahead > 0 && ahead <= longestMs) return at;
  throw new DomainError("invalid", "An override ends later than now and within a year.", { reason: "bad-expiry" });
}

/** Two overrides of one score come one after the other. */
async function lockScore(tx: Transaction, customerId: string, attribute: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`score ${attribute} ${customerId}`}, 0))`;
}

async function end(tx: Transaction, ctx: Context, { id }: ScoreOverride): Promise<ScoreOverride> {
  const row = await tx.scoreOverride.update({ where: { id }, data: { endedById: ctx.actor.id, endedAt: ctx.now } });
  await record(tx, ctx, "score.override-ended", row);
  return row;
}

/** A personal score is not written into the record. */
async function record(tx: Transaction, ctx: Context, action: string, row: ScoreOverride): Promise<void> {
  const { attributeKey: attribute, value, reason, expiresAt } = row;
  const { labels } = await tx.attribute.findUniqueOrThrow({ where: { key: attribute } });
  await recordAudit(tx, ctx, {
    action,
    subject: { type: "customer", id: await customerSubject(ctx.db, row.customerId) },
    after: {
      ...{ override: row.id, attribute, reason, expiresAt: expiresAt?.toISOString() ?? null },
      ...(isPersonal({ key: attribute, labels }, value) ? {} : { value }),
    },
  });
}

async function itemOf(ctx: Context, row: ScoreOverride): Promise<ScoreOverrideItem> {
  const { attributes } = await loadCatalogue(ctx.db);
  const { id, attributeKey: attribute, reason, expiresAt, createdAt, endedAt, createdById } = row;
  const [value, replaced] = [row.value, row.replaced].map((each) => (each === null ? null : requireScoreValue(each)));
  const isMasked = maskingFor(ctx.actor, attributes);
  const masked = isMasked(attribute, value) || isMasked(attribute, replaced);
  const person = await ctx.db.person.findUnique({ where: { id: createdById } });
  return {
    ...{ id, attribute, reason, masked, name: attributes.get(attribute)?.name ?? attribute },
    value: masked ? null : (value ?? null),
    replaced: masked ? null : (replaced ?? null),
    createdBy: person && toPersonSummary(person),
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
