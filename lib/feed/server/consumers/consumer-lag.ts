import type { HeldRevision } from "../../../membership/held-revision";
import type { Database, Transaction } from "../../../server/database";
import type { Prisma } from "../../../server/prisma/client";
import { consumerSchema } from "../../contract";
import { heldBy, isMeasured, type Lag, lagOf, type Reading, targetSeconds } from "../../lag";

const deliverySchema = consumerSchema.shape.delivery;

/** A consumer with what tells how far behind it is. */
export type ConsumerWithReceipts = Prisma.ConsumerGetPayload<{ include: { keys: { include: { receipts: true } } } }>;

/** How far behind each key is, by its id; keys that cannot lag are left out. */
export async function loadLags(
  db: Database | Transaction,
  consumers: readonly ConsumerWithReceipts[],
  now: Date,
): Promise<ReadonlyMap<string, Lag>> {
  const measured = consumers.flatMap((consumer) => {
    const replaced = new Set(consumer.keys.flatMap((key) => (key.lastPulledAt ? [key.rotatedFromId] : [])));
    const keys = consumer.keys.filter((key) => isMeasured(key, replaced.has(key.id), now));
    return keys.map(({ id, environmentKey, ...key }) => ({ id, environmentKey, reading: readingOf(key, consumer) }));
  });
  const environments = Map.groupBy(measured, ({ environmentKey }) => environmentKey);
  const lags = [...environments].map(async ([environmentKey, keys]) => {
    const held = keys.flatMap(({ reading }) => heldBy(reading).held ?? []);
    const releases = await releasesSince(db, environmentKey, held);
    return keys.map(({ id, reading }) => [id, lagOf(reading, releases, now.getTime())] as const);
  });
  return new Map((await Promise.all(lags)).flat());
}

type Read = Pick<ConsumerWithReceipts["keys"][number], "lastPulledAt" | "lastPulledRevision" | "receipts">;

function readingOf(
  { lastPulledAt, lastPulledRevision, receipts }: Read,
  { delivery, pollSeconds }: ConsumerWithReceipts,
): Reading {
  const hasPulled = lastPulledAt !== null && lastPulledRevision !== null;
  return {
    targetSeconds: targetSeconds(deliverySchema.parse(delivery), pollSeconds),
    pulled: hasPulled ? { revision: lastPulledRevision, at: lastPulledAt.getTime() } : null,
    instances: receipts.map(({ receivedAt, activatedAt, refusedAt, ...receipt }) => ({
      ...receipt,
      receivedAt: receivedAt.getTime(),
      activatedAt: activatedAt?.getTime() ?? null,
      refusedAt: refusedAt?.getTime() ?? null,
    })),
  };
}

/** The releases and erasures that are newer than what somebody holds, oldest first. */
async function releasesSince(
  db: Database | Transaction,
  environmentKey: string,
  held: readonly HeldRevision[],
): Promise<HeldRevision[]> {
  if (held.length === 0) return [];
  const oldest = Math.min(...held.map(({ revision }) => revision));
  const rows = await db.revision.findMany({
    where: { environmentKey, kind: { not: "membership" }, number: { gt: oldest } },
    orderBy: { number: "asc" },
    select: { number: true, createdAt: true },
  });
  return rows.map(({ number, createdAt }) => ({ revision: number, at: createdAt.getTime() }));
}
