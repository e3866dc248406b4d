import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import type { Context } from "../../server/context";
import { isUniqueViolation } from "../../server/database";
import type { Consumer } from "../../server/prisma/client";
import type { ConsumerItem, consumerListSchema, createConsumerSchema, updateConsumerSchema } from "../contract";
import { consumerItem, editableOf, requireConsumer, unknownKeys } from "./consumer-row";

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

async function requireTeam(ctx: Context, team: string | null | undefined): Promise<void> {
  if (team && !(await ctx.db.team.findUnique({ where: { key: team } }))) throw unknownKeys("team", [team]);
}

function subjectOf(consumer: Consumer) {
  return { type: "consumer", id: consumer.id, name: consumer.name };
}
