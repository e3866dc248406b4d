import type { Job } from "../../jobs/job";
import type { Database } from "../../server/database";
import { log } from "../../server/log";
import type { Prisma } from "../../server/prisma/client";
import { claimSeconds, mostTries, retryWaitsSeconds } from "../retry-waits";
import { NoAnswer, type Posting, postWebhook } from "./post-webhook";
import { signWebhook } from "./sign-webhook";

type Claimed = {
  id: string;
  endpointId: string;
  event: string;
  payload: Prisma.JsonObject;
  createdAt: Date;
  tries: number;
  url: string;
  secret: string;
};
type Outcome = { readonly answer: string; readonly delivered: boolean; readonly reached: boolean };

const atOnce = 10;
const keptMs = 30 * 86_400_000;

/**
 * Delivers what is due, a few at a time, and tries again what was not answered by 2xx. A delivery may come twice if the
 * process ends between answer and noting it. What is settled is kept for 30 days.
 */
export function webhookDeliveries(posting: Posting): Job {
  return async (db, now) => {
    await forget(db, now);
    for (;;) {
      const claimed = await claim(db, now);
      if (claimed.length === 0) return;
      await Promise.all(claimed.map((delivery) => deliver({ db, now, posting }, delivery)));
    }
  };
}

/** Due deliveries, put off to their next try: whoever looks meanwhile finds others. */
async function claim(db: Database, now: Date): Promise<Claimed[]> {
  return await db.$queryRaw<Claimed[]>`
    UPDATE "WebhookDelivery" d SET
      "tries" = d."tries" + 1,
      "nextAt" = ${now}::timestamptz + (${claimSeconds}::int[])[LEAST(d."tries" + 1, ${mostTries})] * interval '1 second'
    FROM "WebhookEndpoint" e
    WHERE e."id" = d."endpointId" AND d."id" IN (
      SELECT w."id" FROM "WebhookDelivery" w JOIN "WebhookEndpoint" o ON o."id" = w."endpointId"
      WHERE w."state" = 'pending' AND w."nextAt" <= ${now} AND o."disabledAt" IS NULL
      ORDER BY w."nextAt", w."id" LIMIT ${atOnce}
      FOR UPDATE OF w SKIP LOCKED)
    RETURNING d."id", d."endpointId", d."event", d."payload", d."createdAt", d."tries", e."url", e."secret"`;
}

type Delivering = { readonly db: Database; readonly now: Date; readonly posting: Posting };

async function deliver({ db, now, posting }: Delivering, delivery: Claimed): Promise<void> {
  const { answer, delivered, reached } = await post(delivery, now, posting);
  const isLast = delivery.tries >= mostTries;
  const state = delivered ? "delivered" : isLast ? "failed" : "pending";
  await db.webhookDelivery.updateMany({
    where: { id: delivery.id, state: "pending" },
    data: { state, lastAnswer: answer, settledAt: state === "pending" ? null : now },
  });
  if (!delivered) log.warn({ delivery: delivery.id, endpoint: delivery.endpointId, answer }, "a webhook was not taken");
  if (!reached) await putOff(db, delivery.endpointId, now);
}

async function post(delivery: Claimed, now: Date, posting: Posting): Promise<Outcome> {
  const { id, event, payload, createdAt, url, secret } = delivery;
  const body = JSON.stringify({ id, event, at: createdAt.toISOString(), ...payload });
  const headers = {
    "user-agent": "Steward",
    "steward-event": event,
    "steward-delivery": id,
    "steward-signature": signWebhook(secret, body, now),
  };
  try {
    const status = await postWebhook({ url, headers, body }, posting);
    return { answer: `HTTP ${status}`, delivered: status >= 200 && status < 300, reached: true };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { answer: error.message, delivered: false, reached: false };
  }
}

/** Where nobody answers, what else is due there waits as well, and keeps nobody else's deliveries. */
async function putOff(db: Database, endpointId: string, now: Date): Promise<void> {
  const nextAt = new Date(now.getTime() + retryWaitsSeconds[0] * 1000);
  await db.webhookDelivery.updateMany({
    where: { endpointId, state: "pending", nextAt: { lte: now } },
    data: { nextAt },
  });
}

async function forget(db: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptMs);
  await db.webhookDelivery.deleteMany({
    where: { state: { in: ["delivered", "failed"] }, nextAt: { lt: before }, settledAt: { lt: before } },
  });
}
