import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { newSecret } from "../../access/server/secret";
import { recordAudit } from "../../audit/server/record";
import { DomainError, notFound } from "../../errors";
import type { Context } from "../../server/context";
import { isUniqueViolation, type Transaction } from "../../server/database";
import type { Consumer, ConsumerKey } from "../../server/prisma/client";
import {
  type ConsumerItem,
  type ConsumerKeyItem,
  consumerKeySchema,
  type consumerListSchema,
  type createConsumerSchema,
  type createdKeySchema,
  type createKeySchema,
} from "../contract";
import { keysChannel } from "./channels";

const keyRights = consumerKeySchema.shape.rights;

export async function listConsumers(ctx: Context): Promise<z.input<typeof consumerListSchema>> {
  requirePermission(ctx.actor, "consumer.read");
  const [consumers, environments] = await Promise.all([
    ctx.db.consumer.findMany({ include: { keys: { orderBy: { createdAt: "desc" } } }, orderBy: { name: "asc" } }),
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
  if (team && !(await ctx.db.team.findUnique({ where: { key: team } }))) throw unknownKeys("team", [team]);
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

/** For a consumer by id or key. The secret is in the answer and nowhere else, ever; the feed knows the key when this returns. */
export async function createKey(
  ctx: Context,
  consumerId: string,
  input: z.output<typeof createKeySchema>,
): Promise<z.input<typeof createdKeySchema>> {
  requirePermission(ctx.actor, "consumer.write");
  const consumer = await ctx.db.consumer.findFirst({ where: { OR: [{ id: consumerId }, { key: consumerId }] } });
  if (!consumer) throw notFound("consumer", consumerId);
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

function consumerItem(consumer: Consumer & { keys: ConsumerKey[] }): ConsumerItem {
  const { id, key, name, description, teamKey, createdAt, keys } = consumer;
  return { id, key, name, description, team: teamKey, createdAt: createdAt.toISOString(), keys: keys.map(keyItem) };
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
