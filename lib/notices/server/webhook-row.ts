import type { z } from "zod";
import { notFound } from "../../errors";
import type { Database, Transaction } from "../../server/database";
import type { Prisma, WebhookDelivery, WebhookEndpoint } from "../../server/prisma/client";
import type { WebhookDeliveryItem, webhookSchema } from "../contract";
import { webhookEvents } from "../events";

export const webhookParts = { createdBy: { select: { name: true } } } satisfies Prisma.WebhookEndpointInclude;
type WebhookRow = Prisma.WebhookEndpointGetPayload<{ include: typeof webhookParts }>;

type Counts = Readonly<Record<WebhookDelivery["state"], number>>;
export const noDeliveries: Counts = { pending: 0, delivered: 0, failed: 0 };

export function webhookItem(row: WebhookRow, deliveries: Counts): z.input<typeof webhookSchema> {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    events: webhookEvents.filter((event) => row.events.includes(event)),
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy.name,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    deliveries,
  };
}

export function deliveryItem(row: WebhookDelivery): WebhookDeliveryItem {
  const { id, event, state, tries, lastAnswer } = row;
  return {
    ...{ id, event, state, tries, lastAnswer },
    nextAt: state === "pending" ? row.nextAt.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}

export async function requireWebhook(db: Database | Transaction, id: string): Promise<WebhookEndpoint> {
  const found = await db.webhookEndpoint.findUnique({ where: { id } });
  if (!found) throw notFound("webhook", id);
  return found;
}

/** How a webhook is named in the record: what else stands in the address may be a secret of the receiver. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
