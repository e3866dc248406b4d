import type { AuditContext } from "../../audit/server/record";
import { wake } from "../../jobs/wake";
import type { Transaction } from "../../server/database";
import { storedJson } from "../../server/stored-json";
import type { WebhookEvent } from "../events";

export type Telling = {
  readonly event: WebhookEvent;
  /** Plain JSON: keys, ids and numbers of what happened; never a customer's data. */
  readonly data: Readonly<Record<string, unknown>>;
};

/** Has each enabled endpoint that wants the event told of it, once the transaction is committed. */
export async function tellWebhooks(tx: Transaction, ctx: AuditContext, { event, data }: Telling): Promise<void> {
  const endpoints = await tx.webhookEndpoint.findMany({
    where: { disabledAt: null, OR: [{ events: { isEmpty: true } }, { events: { has: event } }] },
    select: { id: true },
  });
  if (endpoints.length === 0) return;
  const payload = storedJson({ by: { id: ctx.actor.id, name: ctx.actor.name }, data });
  await tx.webhookDelivery.createMany({
    data: endpoints.map(({ id }) => ({ endpointId: id, event, payload, nextAt: ctx.now, createdAt: ctx.now })),
  });
  await wake(tx, "webhook-deliveries");
}
