import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { newSecret } from "../../access/server/secret";
import { recordAudit } from "../../audit/server/record";
import { DomainError, notFound } from "../../errors";
import type { Context } from "../../server/context";
import { type Database, isUniqueViolation, type Transaction } from "../../server/database";
import type { Consumer, ConsumerKey } from "../../server/prisma/client";
import {
  type ConsumerItem,
  type ConsumerKeyItem,
  consumerKeySchema,
  type consumerListSchema,
  consumerSchema,
  type createConsumerSchema,
  type createdKeySchema,
  type createKeySchema,
  type updateConsumerSchema,
} from "../contract";
import { keysChannel } from "./channels";

const keyRights = consumerKeySchema.shape.rights;
const readFormat = consumerSchema.shape.format;
const newestFirst = { orderBy: { createdAt: "desc" } } as const;

export async function listConsumers(ctx: Context): Promise<z.input<typeof consumerListSchema>> {
  requirePermission(ctx.actor, "consumer.read");
  const [consumers, environments] = await Promise.all([
    ctx.db.consumer.findMany({ include: { keys: newestFirst }, orderBy: { name: "asc" } }),
    ctx.db.environment.findMany({ orderBy: { position: "asc" } }),
  ]);
  return {
    items: consumers.map(consumerItem),
    total: consumers.length,
    heads: environments.map(({ key, revision }) => ({ environment: key, revision })),
  };
}

export async function createConsumer(
  ctx: Context,
  input: z.output<typeof createConsumerSchema>,
): Promise<{ consumer: ConsumerItem }> {
  requirePermission(ctx.actor, "consumer.write");
  const { team, ...given } = input;
  await requireTeam(ctx, team);
  try {
    const consumer = await ctx.db.$transaction(async (tx) => {
      const created = await tx.consumer.create({ data: { ...given, teamKey: team ?? null, createdAt: ctx.now } });
      await recordAudit(tx, ctx, { action: "consumer.created", subject: subjectOf(created), after: input });
      return created;
    });
    return { consumer: consumerItem({ ...consumer, keys: [] }) };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new DomainError("conflict", `There is a consumer "${input.key}" already.`, { reason: "key-taken" });
  }
}

/** For a consumer by id or key. Its keys stay as they are; another format counts from the next release on. */
export async function updateConsumer(
  ctx: Context,
  consumerId: string,
  input: z.output<typeof updateConsumerSchema>,
): Promise<{ consumer: ConsumerItem }> {
  requirePermission(ctx.actor, "consumer.write");
  const { team, ...given } = input;
  await requireTeam(ctx, team);
  const { id } = await requireConsumer(ctx.db, consumerId);
  const consumer = await ctx.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Consumer" WHERE id = ${id} FOR UPDATE`;
    const before = await requireConsumer(tx, id);
    const data = { ...given, teamKey: team };
    const changed = await tx.consumer.update({ where: { id }, data, include: { keys: newestFirst } });
    const subject = subjectOf(changed);
    await recordAudit(tx, ctx, { action: "consumer.updated", subject, before: editableOf(before), after: input });
    return changed;
  });
  return { consumer: consumerItem(consumer) };
}

/** For a consumer by id or key. The secret is in the answer and nowhere else, ever; the feed knows the key when this returns. */
export async function createKey(
  ctx: Context,
  consumerId: string,
  input: z.output<typeof createKeySchema>,
): Promise<z.input<typeof createdKeySchema>> {
  requirePermission(ctx.actor, "consumer.write");
  const consumer = await requireConsumer(ctx.db, consumerId);
  await requireKnown(ctx, input);
  const { secret, hash, hint } = newSecret("stw_");
  const { environment, regions, purposes, rights } = input;
  const scope = { environmentKey: environment, regions: unique(regions), purposes: unique(purposes) };
  const key = await ctx.db.$transaction(async (tx) => {
    const created = await tx.consumerKey.create({
      data: { ...scope, rights: unique(rights), consumerId: consumer.id, hash, hint, createdAt: ctx.now },
    });
    await announceKeys(tx, created.id);
    await recordAudit(tx, ctx, {
      action: "key.created",
      subject: { type: "key", id: created.id, name: hint },
      after: { consumer: consumer.key, ...input, hint },
    });
    return created;
  });
  return { key: keyItem(key), secret };
}

/** Takes effect within 5 seconds on every process; revoking twice is no error. */
export async function revokeKey(ctx: Context, id: string): Promise<{ key: ConsumerKeyItem }> {
  requirePermission(ctx.actor, "consumer.write");
  const key = await ctx.db.$transaction(async (tx) => {
    const found = await tx.consumerKey.findUnique({ where: { id }, include: { consumer: true } });
    if (!found) throw notFound("key", id);
    const revoked = await tx.consumerKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: ctx.now } });
    if (revoked.count === 0) return found;
    await announceKeys(tx, id);
    await recordAudit(tx, ctx, {
      action: "key.revoked",
      subject: { type: "key", id, name: found.hint },
      before: { consumer: found.consumer.key, environment: found.environmentKey },
    });
    return { ...found, revokedAt: ctx.now };
  });
  return { key: keyItem(key) };
}

async function announceKeys(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${keysChannel}, ${id})`;
}

async function requireConsumer(db: Database | Transaction, idOrKey: string): Promise<Consumer> {
  const consumer = await db.consumer.findFirst({ where: { OR: [{ id: idOrKey }, { key: idOrKey }] } });
  if (!consumer) throw notFound("consumer", idOrKey);
  return consumer;
}

async function requireTeam(ctx: Context, team: string | null | undefined): Promise<void> {
  if (team && !(await ctx.db.team.findUnique({ where: { key: team } }))) throw unknownKeys("team", [team]);
}

async function requireKnown(ctx: Context, input: z.output<typeof createKeySchema>): Promise<void> {
  const [environment, regions, purposes] = await Promise.all([
    ctx.db.environment.findUnique({ where: { key: input.environment } }),
    ctx.db.region.findMany({ where: { key: { in: input.regions } } }),
    ctx.db.purpose.findMany({ where: { key: { in: input.purposes } } }),
  ]);
  if (!environment) throw unknownKeys("environment", [input.environment]);
  const missing = (given: string[], known: { key: string }[]) =>
    given.filter((key) => !known.some((each) => each.key === key));
  const unknownRegions = missing(input.regions, regions);
  if (unknownRegions.length > 0) throw unknownKeys("region", unknownRegions);
  const unknownPurposes = missing(input.purposes, purposes);
  if (unknownPurposes.length > 0) throw unknownKeys("purpose", unknownPurposes);
}

function unknownKeys(what: string, keys: string[]): DomainError {
  return new DomainError("invalid", `There is no ${what} "${keys.join('", "')}".`, { reason: `unknown-${what}` });
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function subjectOf(consumer: Consumer) {
  return { type: "consumer", id: consumer.id, name: consumer.name };
}

function editableOf({ name, description, teamKey, format }: Consumer) {
  return { name, description, team: teamKey, format: readFormat.parse(format) };
}

function consumerItem(consumer: Consumer & { keys: ConsumerKey[] }): ConsumerItem {
  const { id, key, createdAt, keys } = consumer;
  return { id, key, ...editableOf(consumer), createdAt: createdAt.toISOString(), keys: keys.map(keyItem) };
}

function keyItem(key: ConsumerKey): ConsumerKeyItem {
  return {
    id: key.id,
    environment: key.environmentKey,
    regions: key.regions,
    purposes: key.purposes,
    rights: keyRights.parse(key.rights),
    hint: key.hint,
    createdAt: key.createdAt.toISOString(),
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastPulledAt: key.lastPulledAt?.toISOString() ?? null,
    lastPulledRevision: key.lastPulledRevision,
  };
}
