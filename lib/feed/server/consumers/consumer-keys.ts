import type { z } from "zod";
import { requirePermission } from "../../../access/permissions";
import { newSecret } from "../../../access/server/secret";
import { recordAudit } from "../../../audit/server/record";
import { notFound } from "../../../errors";
import type { Context } from "../../../server/context";
import type { ConsumerKeyItem, createdKeySchema, createKeySchema } from "../../contract";
import { announceKeys } from "./announce-keys";
import { destinationOf, lockConsumer, readKey, requireConsumer, unknownKeys } from "./consumer-row";
import { requireDestination } from "./require-destination";

/** For a consumer by id or key. The secret is in the answer and nowhere else, ever; the feed knows the key when this returns. */
export async function createKey(
  ctx: Context,
  consumerId: string,
  input: z.output<typeof createKeySchema>,
): Promise<z.input<typeof createdKeySchema>> {
  requirePermission(ctx.actor, "consumer.write");
  const { id } = await requireConsumer(ctx.db, consumerId);
  await requireKnown(ctx, input);
  const { secret, hash, hint } = newSecret("stw_");
  const { environment, regions, purposes, rights } = input;
  const scope = { environmentKey: environment, regions: unique(regions), purposes: unique(purposes) };
  const key = await ctx.db.$transaction(async (tx) => {
    const consumer = await lockConsumer(tx, id);
    await requireDestination(tx, ctx, { consumer: destinationOf(consumer), keys: [scope] });
    const created = await tx.consumerKey.create({
      data: { ...scope, rights: unique(rights), consumerId: consumer.id, hash, hint, createdAt: ctx.now },
    });
    await announceKeys(tx, created.id);
    const item = await readKey(tx, created, ctx.now);
    await recordAudit(tx, ctx, {
      action: "key.created",
      subject: { type: "key", id: created.id, name: hint },
      after: { consumer: consumer.key, ...input, hint },
    });
    return item;
  });
  return { key, secret };
}

/** Takes effect within 5 seconds on every process; revoking twice is no error. */
export async function revokeKey(ctx: Context, id: string): Promise<{ key: ConsumerKeyItem }> {
  requirePermission(ctx.actor, "consumer.write");
  const key = await ctx.db.$transaction(async (tx) => {
    const found = await tx.consumerKey.findUnique({ where: { id }, include: { consumer: true } });
    if (!found) throw notFound("key", id);
    const revoked = await tx.consumerKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: ctx.now } });
    const item = await readKey(tx, found, ctx.now);
    if (revoked.count === 0) return item;
    await announceKeys(tx, id);
    await recordAudit(tx, ctx, {
      action: "key.revoked",
      subject: { type: "key", id, name: found.hint },
      before: { consumer: found.consumer.key, environment: found.environmentKey },
    });
    return item;
  });
  return { key };
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

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
