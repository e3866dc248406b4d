import { DomainError, notFound } from "../../errors";
import type { Destination } from "../../guards/label-findings";
import { servedRegions, type TransferRule } from "../../guards/transfer-rule";
import type { Database, Transaction } from "../../server/database";
import type { Consumer, ConsumerKey } from "../../server/prisma/client";
import { type ConsumerItem, type ConsumerKeyItem, consumerKeySchema, consumerSchema } from "../contract";

const keyRights = consumerKeySchema.shape.rights;
const readFormat = consumerSchema.shape.format;

export async function requireConsumer(db: Database | Transaction, idOrKey: string): Promise<Consumer> {
  const consumer = await db.consumer.findFirst({ where: { OR: [{ id: idOrKey }, { key: idOrKey }] } });
  if (!consumer) throw notFound("consumer", idOrKey);
  return consumer;
}

/** Held until the transaction ends: where it runs and which keys it has are held against each other. */
export async function lockConsumer(tx: Transaction, id: string): Promise<Consumer> {
  await tx.$queryRaw`SELECT 1 FROM "Consumer" WHERE id = ${id} FOR UPDATE`;
  return requireConsumer(tx, id);
}

export function destinationOf({ key, name, locationKey: location }: Consumer): Destination {
  return { key, name, location };
}

export function unknownKeys(what: string, keys: string[]): DomainError {
  return new DomainError("invalid", `There is no ${what} "${keys.join('", "')}".`, { reason: `unknown-${what}` });
}

/** What of a consumer can be changed. */
export function editableOf({ name, description, teamKey, format, locationKey }: Consumer) {
  return { name, description, team: teamKey, format: readFormat.parse(format), location: locationKey };
}

export function consumerItem(
  consumer: Consumer & { keys: ConsumerKey[] },
  transfers: readonly TransferRule[],
): ConsumerItem {
  const { id, key, createdAt, keys } = consumer;
  const items = keys.map((each) => keyItem(each, consumer, transfers));
  return { id, key, ...editableOf(consumer), createdAt: createdAt.toISOString(), keys: items };
}

export function keyItem(
  key: ConsumerKey,
  { locationKey }: Pick<Consumer, "locationKey">,
  transfers: readonly TransferRule[],
): ConsumerKeyItem {
  const served = servedRegions(key.regions, locationKey, transfers);
  return {
    id: key.id,
    environment: key.environmentKey,
    regions: key.regions,
    regionsNotServed: key.regions.filter((region) => !served.includes(region)),
    purposes: key.purposes,
    rights: keyRights.parse(key.rights),
    hint: key.hint,
    createdAt: key.createdAt.toISOString(),
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastPulledAt: key.lastPulledAt?.toISOString() ?? null,
    lastPulledRevision: key.lastPulledRevision,
  };
}
