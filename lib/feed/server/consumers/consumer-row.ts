import { DomainError, notFound } from "../../../errors";
import type { Destination } from "../../../guards/label-findings";
import { loadTransferRules } from "../../../guards/server/transfer-rules";
import { servedRegions, type TransferRule } from "../../../guards/transfer-rule";
import type { Database, Transaction } from "../../../server/database";
import type { Consumer, ConsumerAlert, ConsumerKey, Prisma } from "../../../server/prisma/client";
import {
  type ConsumerItem,
  type ConsumerKeyItem,
  consumerAlertSchema,
  consumerKeySchema,
  consumerSchema,
  type KeyLag,
} from "../../contract";
import type { Lag } from "../../lag";
import { loadLags } from "./consumer-lag";

const keyRights = consumerKeySchema.shape.rights;
const { format: readFormat, delivery: deliverySchema } = consumerSchema.shape;
const alertKind = consumerAlertSchema.shape.kind;

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
export function editableOf({ name, description, teamKey, format, locationKey, delivery, pollSeconds }: Consumer) {
  const read = { format: readFormat.parse(format), delivery: deliverySchema.parse(delivery) };
  return { name, description, team: teamKey, location: locationKey, pollSeconds, ...read };
}

export const consumerParts = {
  keys: { orderBy: { createdAt: "desc" }, include: { receipts: true } },
  alerts: { where: { endedAt: null }, orderBy: { raisedAt: "desc" } },
} as const satisfies Prisma.ConsumerInclude;
type ConsumerRow = Prisma.ConsumerGetPayload<{ include: typeof consumerParts }>;

/** Consumers as they are shown, with how far behind each key is at `now`. */
export async function consumerItems(
  db: Database | Transaction,
  consumers: readonly ConsumerRow[],
  now: Date,
): Promise<ConsumerItem[]> {
  const [transfers, lags] = await Promise.all([loadTransferRules(db), loadLags(db, consumers, now)]);
  return consumers.map((consumer) => {
    const { id, key, createdAt, keys, alerts } = consumer;
    const items = keys.map((each) => keyItem(each, consumer.locationKey, transfers, lagItem(lags.get(each.id), now)));
    return {
      ...{ id, key, ...editableOf(consumer), createdAt: createdAt.toISOString() },
      ...{ alerts: alerts.map(alertItem), keys: items },
    };
  });
}

export async function readConsumer(tx: Transaction, id: string, now: Date): Promise<ConsumerItem> {
  const row = await tx.consumer.findUniqueOrThrow({ where: { id }, include: consumerParts });
  const [item] = await consumerItems(tx, [row], now);
  if (!item) throw notFound("consumer", id);
  return item;
}

export async function readKey(
  tx: Transaction,
  { id, consumerId }: Pick<ConsumerKey, "id" | "consumerId">,
  now: Date,
): Promise<ConsumerKeyItem> {
  const { keys } = await readConsumer(tx, consumerId, now);
  const key = keys.find((each) => each.id === id);
  if (!key) throw notFound("key", id);
  return key;
}

function keyItem(
  key: ConsumerKey,
  location: string | null,
  transfers: readonly TransferRule[],
  lag: KeyLag | null,
): ConsumerKeyItem {
  const served = servedRegions(key.regions, location, transfers);
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
    expiresAt: key.expiresAt?.toISOString() ?? null,
    replaces: key.rotatedFromId,
    lastPulledAt: key.lastPulledAt?.toISOString() ?? null,
    lastPulledRevision: key.lastPulledRevision,
    lag,
  };
}

function lagItem(lag: Lag | undefined, now: Date): KeyLag | null {
  if (!lag) return null;
  const { state, targetSeconds, activated, matches, behind, refusal } = lag;
  const seconds = (since: number) => Math.max(0, (now.getTime() - since) / 1_000);
  return {
    ...{ state, targetSeconds, matches },
    activated: activated && { ...activated, at: isoOf(activated.at) },
    behind: behind && { releases: behind.releases, since: isoOf(behind.since), seconds: seconds(behind.since) },
    refusal: refusal && { ...refusal, at: isoOf(refusal.at) },
  };
}

function alertItem({ environmentKey: environment, kind, revision, detail, raisedAt }: ConsumerAlert) {
  return { environment, kind: alertKind.parse(kind), revision, detail, raisedAt: raisedAt.toISOString() };
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
