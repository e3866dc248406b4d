import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { alreadyThere } from "../../catalogue/server/create-attribute";
import type { Engine } from "../../engine/engine";
import type { Context } from "../../server/context";
import { isUniqueViolation } from "../../server/database";
import type { createdEventTypeSchema, createEventTypeSchema } from "../contract";

/** Adds a kind of event to the catalogue and its table to the store. */
export async function createEventType(
  ctx: Context,
  eventType: z.output<typeof createEventTypeSchema>,
  engine: Pick<Engine, "addEventTypes">,
): Promise<z.output<typeof createdEventTypeSchema>> {
  requirePermission(ctx.actor, "catalogue.write");
  const taken = await ctx.db.eventType.findUnique({ where: { key: eventType.key }, select: { key: true } });
  if (taken) throw alreadyThere("event type", eventType.key);
  // Before the transaction: the store may be busy with an import, and no connection should wait for that.
  await engine.addEventTypes([eventType]);
  try {
    await ctx.db.$transaction(async (tx) => {
      await tx.eventType.create({ data: { ...eventType, createdAt: ctx.now } });
      await recordAudit(tx, ctx, {
        action: "event-type.created",
        subject: { type: "event-type", id: eventType.key, name: eventType.name },
        after: eventType,
      });
    });
  } catch (error) {
    throw isUniqueViolation(error) ? alreadyThere("event type", eventType.key) : error;
  }
  return { eventType };
}
