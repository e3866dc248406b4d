import { systemActor } from "../../../access/actor";
import type { AuditContext } from "../../../audit/server/record";
import type { Database, Transaction } from "../../../server/database";
import type { Prisma } from "../../../server/prisma/client";
import { alertChanges, troublesOf } from "../../alert-changes";
import { consumerAlertSchema } from "../../contract";
import { loadLags } from "./consumer-lag";
import { consumerParts, lockConsumer } from "./consumer-row";
import { tellOfConsumer } from "./tell-of-consumer";

/** Who refuses and activates in turns is told of once in this time, and not at each turn. */
const openAtLeastMs = 5 * 60_000;

const alertKind = consumerAlertSchema.shape.kind;

/** The job: raises an alert of each consumer that is behind or refuses, once, and ends those of who is not any more. */
export async function watchConsumers(db: Database, now: Date): Promise<void> {
  const consumers = await db.consumer.findMany({ include: consumerParts, orderBy: { id: "asc" } });
  const lags = await loadLags(db, consumers, now);
  for (const consumer of consumers) {
    for (const environment of new Set(consumer.keys.map(({ environmentKey }) => environmentKey))) {
      const { raise, update, end } = changesIn(consumer, { environment, lags, now });
      if (raise.length + update.length + end.length === 0) continue;
      await db.$transaction((tx) => settleAlerts(tx, { consumerId: consumer.id, environment, now }));
    }
  }
}

type ConsumerRow = Prisma.ConsumerGetPayload<{ include: typeof consumerParts }>;

type Measured = {
  readonly environment: string;
  readonly lags: Awaited<ReturnType<typeof loadLags>>;
  readonly now: Date;
};

function changesIn({ keys, alerts }: ConsumerRow, { environment, lags, now }: Measured) {
  const own = keys.filter(({ environmentKey }) => environmentKey === environment);
  const measured = own.flatMap(({ id }) => lags.get(id) ?? []);
  const open = alerts
    .filter(({ environmentKey }) => environmentKey === environment)
    .map(({ kind, ...alert }) => ({ ...alert, kind: alertKind.parse(kind) }));
  const troubles = troublesOf(measured);
  const { raise, update, end } = alertChanges(open, troubles);
  return {
    ...{ raise, update, isSound: measured.length > 0 && troubles.length === 0 },
    end: end.filter(({ raisedAt }) => now.getTime() - raisedAt.getTime() >= openAtLeastMs),
  };
}

type Where = { readonly consumerId: string; readonly environment: string; readonly now: Date };

/** One at a time for each consumer: what is raised is raised once. */
export async function settleAlerts(tx: Transaction, { consumerId, environment, now }: Where): Promise<void> {
  await lockConsumer(tx, consumerId);
  const consumer = await tx.consumer.findUniqueOrThrow({ where: { id: consumerId }, include: consumerParts });
  const lags = await loadLags(tx, [consumer], now);
  const { raise, update, end, isSound } = changesIn(consumer, { environment, lags, now });
  const ctx: AuditContext = { now, actor: systemActor };
  const where = { consumer, environment };
  for (const trouble of raise) {
    await tx.consumerAlert.create({
      data: { ...trouble, consumerId, environmentKey: environment, raisedAt: now },
    });
    await tellOfConsumer(tx, ctx, { ...where, event: `consumer.${trouble.kind}`, revision: trouble.revision });
  }
  for (const { id, revision, detail } of update) {
    await tx.consumerAlert.update({ where: { id }, data: { revision, detail } });
  }
  await tx.consumerAlert.updateMany({ where: { id: { in: end.map(({ id }) => id) } }, data: { endedAt: now } });
  const [ended] = end;
  if (ended && isSound) {
    await tellOfConsumer(tx, ctx, { ...where, event: "consumer.recovered", revision: ended.revision });
  }
}
