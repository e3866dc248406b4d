import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import { newSecret } from "../../access/server/secret";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import type { Context } from "../../server/context";
import { settings } from "../../server/settings";
import type { createdWebhookSchema, createWebhookSchema, disabledWebhookSchema, webhookListSchema } from "../contract";
import { refusedWebhookUrl } from "../webhook-url";
import { hostOf, noDeliveries, requireWebhook, webhookItem, webhookParts } from "./webhook-row";

export async function listWebhooks(ctx: Context): Promise<z.input<typeof webhookListSchema>> {
  requirePermission(ctx.actor, "webhook.read");
  const [rows, counts] = await Promise.all([
    ctx.db.webhookEndpoint.findMany({ include: webhookParts, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
    ctx.db.webhookDelivery.groupBy({ by: ["endpointId", "state"], _count: true }),
  ]);
  const countsOf = (id: string) =>
    Object.fromEntries(
      counts.filter(({ endpointId }) => endpointId === id).map(({ state, _count }) => [state, _count]),
    );
  return { items: rows.map((row) => webhookItem(row, { ...noDeliveries, ...countsOf(row.id) })) };
}

/** The secret is in the answer and nowhere else, ever; it is stored, as every delivery is signed with it. */
export async function createWebhook(
  ctx: Context,
  { url, description, events }: z.output<typeof createWebhookSchema>,
): Promise<z.input<typeof createdWebhookSchema>> {
  requirePermission(ctx.actor, "webhook.write");
  const refused = refusedWebhookUrl(url, settings().webhooksMayBePrivate);
  if (refused)
    throw new DomainError("invalid", `No webhook goes to this address. ${refused}`, { reason: "webhook-url" });
  const { secret } = newSecret("sth_");
  const created = await ctx.db.$transaction(async (tx) => {
    const row = await tx.webhookEndpoint.create({
      data: { url, description, events: [...new Set(events)], secret, createdById: ctx.actor.id, createdAt: ctx.now },
      include: webhookParts,
    });
    const subject = { type: "webhook", id: row.id, name: hostOf(url) };
    await recordAudit(tx, ctx, { action: "webhook.created", subject, after: { description, events } });
    return row;
  });
  return { webhook: webhookItem(created, noDeliveries), secret };
}

/** For good; disabling twice is no error. What is pending is given up. */
export async function disableWebhook(ctx: Context, id: string): Promise<z.input<typeof disabledWebhookSchema>> {
  requirePermission(ctx.actor, "webhook.write");
  const row = await ctx.db.$transaction(async (tx) => {
    const { url } = await requireWebhook(tx, id);
    const disabled = await tx.webhookEndpoint.updateMany({
      where: { id, disabledAt: null },
      data: { disabledAt: ctx.now },
    });
    if (disabled.count > 0) {
      await tx.webhookDelivery.updateMany({
        where: { endpointId: id, state: "pending" },
        data: { state: "failed", lastAnswer: "The endpoint was disabled.", settledAt: ctx.now },
      });
      const subject = { type: "webhook", id, name: hostOf(url) };
      await recordAudit(tx, ctx, { action: "webhook.disabled", subject });
    }
    return await tx.webhookEndpoint.findUniqueOrThrow({ where: { id }, include: webhookParts });
  });
  return { webhook: webhookItem(row, noDeliveries) };
}
