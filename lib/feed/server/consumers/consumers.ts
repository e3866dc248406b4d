import type { z } from "zod";
import { requirePermission } from "../../../access/permissions";
import { recordAudit } from "../../../audit/server/record";
import { DomainError } from "../../../errors";
import type { Context } from "../../../server/context";
import { isUniqueViolation, type Transaction } from "../../../server/database";
import type { Consumer } from "../../../server/prisma/client";
import type { ConsumerItem, consumerListSchema, createConsumerSchema, updateConsumerSchema } from "../../contract";
import { announceKeys } from "./announce-keys";
import {
  consumerItems,
  consumerParts,
  destinationOf,
  editableOf,
  lockConsumer,
  readConsumer,
  requireConsumer,
  unknownKeys,
} from "./consumer-row";
import { requireDestination } from "./require-destination";

export async function listConsumers(ctx: Context): Promise<z.input<typeof consumerListSchema>> {
  requirePermission(ctx.actor, "consumer.read");
  const [consumers, environments, released] = await Promise.all([
    ctx.db.consumer.findMany({ include: consumerParts, orderBy: { name: "asc" } }),
    ctx.db.environment.findMany({ orderBy: { position: "asc" } }),
    ctx.db.release.groupBy({ by: ["environmentKey"], _max: { revision: true } }),
  ]);
  return {
    items: await consumerItems(ctx.db, consumers, ctx.now),
    total: consumers.length,
    heads: environments.map(({ key }) => {
      const newest = released.find(({ environmentKey }) => environmentKey === key)?._max.revision;
      return { environment: key, revision: newest ?? 0 };
    }),
  };
}

export async function createConsumer(
  ctx: Context,
  input: z.output<typeof createConsumerSchema>,
): Promise<{ consumer: ConsumerItem }> {
  requirePermission(ctx.actor, "consumer.write");
  const { team, location, ...given } = input;
  await requireTeam(ctx, team);
  await requireRegion(ctx, location ?? null);
  try {
    const consumer = await ctx.db.$transaction(async (tx) => {
      const data = { ...given, teamKey: team ?? null, locationKey: location ?? null, createdAt: ctx.now };
      const created = await tx.consumer.create({ data });
      const item = await readConsumer(tx, created.id, ctx.now);
      await recordAudit(tx, ctx, { action: "consumer.created", subject: subjectOf(created), after: input });
      return item;
    });
    return { consumer };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new DomainError("conflict", `There is a consumer "${input.key}" already.`, { reason: "key-taken" });
  }
}

/**
 * For a consumer by id or key. Its keys stay as they are; another format counts from the next release on, another
 * location at once. Throws `transfer-not-allowed` or `label-refused` where its keys let out what may not go there.
 */
export async function updateConsumer(
  ctx: Context,
  consumerId: string,
  input: z.output<typeof updateConsumerSchema>,
): Promise<{ consumer: ConsumerItem }> {
  requirePermission(ctx.actor, "consumer.write");
  const { team, location: wanted, ...given } = input;
  await requireTeam(ctx, team);
  await requireRegion(ctx, wanted ?? null);
  const { id } = await requireConsumer(ctx.db, consumerId);
  const consumer = await ctx.db.$transaction(async (tx) => {
    const before = await lockConsumer(tx, id);
    const location = wanted === undefined ? before.locationKey : wanted;
    if (location !== before.locationKey) await move(tx, ctx, { ...before, locationKey: location });
    const data = { ...given, teamKey: team, locationKey: location };
    const changed = await tx.consumer.update({ where: { id }, data });
    const subject = subjectOf(changed);
    const item = await readConsumer(tx, id, ctx.now);
    await recordAudit(tx, ctx, { action: "consumer.updated", subject, before: editableOf(before), after: input });
    return item;
  });
  return { consumer };
}

/** Where it says that it runs, every key that it has must be allowed to send what it lets out. */
async function move(tx: Transaction, ctx: Context, consumer: Consumer): Promise<void> {
  if (consumer.locationKey === null) {
    const message = `"${consumer.name}" runs somewhere: name another region, none lets its data go anywhere.`;
    throw new DomainError("conflict", message, { reason: "location-stays" });
  }
  const keys = await tx.consumerKey.findMany({ where: { consumerId: consumer.id, revokedAt: null } });
  await requireDestination(tx, ctx, { consumer: destinationOf(consumer), keys });
  await announceKeys(tx, consumer.id);
}

async function requireRegion(ctx: Context, region: string | null): Promise<void> {
  if (region && !(await ctx.db.region.findUnique({ where: { key: region } }))) throw unknownKeys("region", [region]);
}

async function requireTeam(ctx: Context, team: string | null | undefined): Promise<void> {
  if (team && !(await ctx.db.team.findUnique({ where: { key: team } }))) throw unknownKeys("team", [team]);
}

function subjectOf(consumer: Consumer) {
  return { type: "consumer", id: consumer.id, name: consumer.name };
}
