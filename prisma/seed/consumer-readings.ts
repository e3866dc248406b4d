import { recordArrivals } from "../../lib/customers/server/record-arrivals";
import { watchConsumers } from "../../lib/feed/server/consumers/alerts";
import type { Database } from "../../lib/server/database";
import { hourMilliseconds } from "./calendar";

type DemoReading = {
  readonly consumer: string;
  readonly environment: "production" | "staging";
  readonly secondsAgo: number;
  /** Who says what it serves; nobody where there is none. */
  readonly instances: readonly string[];
  /** How many releases what it holds is behind. */
  readonly lacks?: number;
  /** Why it does not take the newest. */
  readonly refuses?: string;
};

const readings: readonly DemoReading[] = [
  { consumer: "gateway-eu", environment: "production", secondsAgo: 3, instances: ["gw-eu-1", "gw-eu-2", "gw-eu-3"] },
  { consumer: "gateway-eu", environment: "staging", secondsAgo: 4, instances: ["gw-eu-staging"] },
  { consumer: "flags", environment: "production", secondsAgo: 2, instances: ["flags-a", "flags-b"] },
  { consumer: "experiments", environment: "production", secondsAgo: 1_260, instances: ["flagd-1"] },
  {
    ...{ consumer: "risk-engine", environment: "production", secondsAgo: 340, instances: ["risk-1"], lacks: 1 },
    refuses: 'unknown-operator: the operator "listed" is not known to this version',
  },
  { consumer: "mail-sender", environment: "production", secondsAgo: 61_000, instances: [], lacks: 1 },
  { consumer: "support-desk", environment: "production", secondsAgo: 25, instances: [] },
  { consumer: "billing-core", environment: "production", secondsAgo: 1_900, instances: ["billing-1"] },
];

/** What the demo's consumers pulled and said of it, and whom that had to be told to. */
export async function readFeed(db: Database, now: Date): Promise<void> {
  for (const reading of readings) await read(db, now, reading);
  await watchConsumers(db, now);
}

async function read(db: Database, now: Date, { consumer, environment, ...reading }: DemoReading): Promise<void> {
  const { secondsAgo, instances, lacks = 0, refuses } = reading;
  const newest = await db.revision.findMany({
    where: { environmentKey: environment, kind: { not: "membership" } },
    orderBy: { number: "desc" },
    take: lacks + 1,
  });
  const pulled = newest[refuses === undefined ? lacks : 0];
  const activated = newest[lacks]?.number;
  if (!pulled || activated === undefined) return;
  const at = new Date(now.getTime() - secondsAgo * 1_000);
  const { id: keyId } = await db.consumerKey.findFirstOrThrow({
    where: { environmentKey: environment, consumer: { key: consumer } },
  });
  await db.consumerKey.update({ where: { id: keyId }, data: { lastPulledAt: at, lastPulledRevision: pulled.number } });
  const refusal = refuses === undefined ? {} : { refused: pulled.number, reason: refuses, refusedAt: at };
  await db.consumerReceipt.createMany({
    data: instances.map((instance) => ({
      ...{ keyId, instance, activated, activatedAt: at, receivedAt: at, client: "steward-client", ...refusal },
    })),
  });
}

const hours = 26;

/** What the CRM sent in the last day, hour by hour, with the few lines that did not fit. */
export async function sendFromCrm(db: Database, now: Date): Promise<void> {
  const { id } = await db.consumerKey.findFirstOrThrow({ where: { consumer: { key: "crm" } } });
  for (let ago = 0; ago < hours; ago++) {
    const at = new Date(now.getTime() - ago * hourMilliseconds);
    const byDay = 1 + Math.sin(((at.getUTCHours() - 8) * Math.PI) / 12);
    const sent = { source: `key:${id}`, repeated: 0, late: 0, rejected: new Map<string, number>() };
    await recordArrivals(db, { ...sent, target: "customers", accepted: Math.round(14 + 30 * byDay) }, at);
    const late = Math.round(2 * byDay);
    await recordArrivals(
      db,
      { ...sent, target: "events", accepted: Math.round(60 + 240 * byDay), late, repeated: ago % 5 },
      at,
    );
    const rejected = new Map(ago % 6 === 2 ? [["unknown-purpose", 3]] : []);
    await recordArrivals(db, { ...sent, target: "consents", accepted: Math.round(3 + 9 * byDay), rejected }, at);
  }
}
