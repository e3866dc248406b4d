import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { recordAudit } from "../../audit/server/record";
import { DomainError, notFound } from "../../errors";
import { wake } from "../../jobs/wake";
import type { Context } from "../../server/context";
import type { WebhookEndpoint } from "../../server/prisma/client";
import { storedJson } from "../../server/stored-json";
import type { deliveryQuerySchema, queuedDeliverySchema, webhookDeliveryListSchema } from "../contract";
import { deliveryItem, hostOf, requireWebhook } from "./webhook-row";

type Queued = z.input<typeof queuedDeliverySchema>;

/** Newest first; `total` is how many there are in the state asked for. */
export async function listDeliveries(
  ctx: Context,
  endpointId: string,
  { state, limit }: z.output<typeof deliveryQuerySchema>,
): Promise<z.input<typeof webhookDeliveryListSchema>> {
  requirePermission(ctx.actor, "webhook.read");
  await requireWebhook(ctx.db, endpointId);
  const where = { endpointId, ...(state ? { state } : {}) };
  const [rows, total] = await Promise.all([
    ctx.db.webhookDelivery.findMany({ where, orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: limit }),
    ctx.db.webhookDelivery.count({ where }),
  ]);
  return { items: rows.map(deliveryItem), total };
}

/** Sends the endpoint "webhook.test", whatever events it wants. */
export async function testWebhook(ctx: Context, id: string): Promise<Queued> {
  requirePermission(ctx.actor, "webhook.write");
  const row = await ctx.db.$transaction(async (tx) => {
    const endpoint = await requireWebhook(tx, id);
    requireEnabled(endpoint);
    const created = await tx.webhookDelivery.create({
      data: {
        ...{ endpointId: id, event: "webhook.test", nextAt: ctx.now, createdAt: ctx.now },
        payload: storedJson({ by: { id: ctx.actor.id, name: ctx.actor.name }, data: {} }),
      },
    });
    await wake(tx, "webhook-deliveries");
    const subject = { type: "webhook", id, name: hostOf(endpoint.url) };
    await recordAudit(tx, ctx, { action: "webhook.tested", subject });
    return created;
  });
  return { delivery: deliveryItem(row) };
}

/** Has a settled delivery made once more, under its own id, so that a receiver knows it again. */
export async function resendDelivery(ctx: Context, id: string): Promise<Queued> {
  requirePermission(ctx.actor, "webhook.write");
  const row = await ctx.db.$transaction(async (tx) => {
    const found = await tx.webhookDelivery.findUnique({ where: { id }, include: { endpoint: true } });
    if (!found) throw notFound("delivery", id);
    requireEnabled(found.endpoint);
    const again = await tx.webhookDelivery.updateMany({
      where: { id, state: { in: ["delivered", "failed"] } },
      data: { state: "pending", tries: 0, nextAt: ctx.now, settledAt: null },
    });
    if (again.count === 0) throw new DomainError("conflict", "It is on its way already.", { reason: "still-pending" });
    await wake(tx, "webhook-deliveries");
    const subject = { type: "webhook", id: found.endpointId, name: hostOf(found.endpoint.url) };
    await recordAudit(tx, ctx, { action: "webhook.resent", subject, after: { delivery: id, event: found.event } });
    return await tx.webhookDelivery.findUniqueOrThrow({ where: { id } });
  });
  return { delivery: deliveryItem(row) };
}

function requireEnabled({ disabledAt }: WebhookEndpoint): void {
  if (disabledAt) throw new DomainError("conflict", "This endpoint is disabled.", { reason: "webhook-disabled" });
}
