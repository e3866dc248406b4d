import { DomainError, notFound } from "../../errors";
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

export function unknownKeys(what: string, keys: string[]): DomainError {
  return new DomainError("invalid", `There is no ${what} "${keys.join('", "')}".`, { reason: `unknown-${what}` });
}

/** What of a consumer can be changed. */
export function editableOf({ name, description, teamKey, format }: Consumer) {
  return { name, description, team: teamKey, format: readFormat.parse(format) };
}

export function consumerItem(consumer: Consumer & { keys: ConsumerKey[] }): ConsumerItem {
  const { id, key, createdAt, keys } = consumer;
  return { id, key, ...editableOf(consumer), createdAt: createdAt.toISOString(), keys: keys.map(keyItem) };
}

export function keyItem(key: ConsumerKey): ConsumerKeyItem {
  return {
    id: key.id,
    environment: key.environmentKey,
    regions: key.regions,
    purposes: key.purposes,
    rights: keyRights.parse(key.rights),
    hint: key.hint,
    createdAt: key.createdAt.toISOString(),
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastPulledAt: key.lastPulledAt?.toISOString() ?? null,
    lastPulledRevision: key.lastPulledRevision,
  };
}
