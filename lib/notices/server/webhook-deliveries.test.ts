import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../testing/database";
import { startWebhookListener, type WebhookListener } from "../../testing/webhook-listener";
import type { WebhookEvent } from "../events";
import { mostTries, retryWaitsSeconds } from "../retry-waits";
import { tellWebhooks } from "./tell-webhooks";
import { webhookDeliveries } from "./webhook-deliveries";

const now = new Date("2026-06-01T12:00:00.000Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const actor = { id: "ada", name: "Ada", via: "session" };
const posting = { mayBePrivate: true, limits: { connectMs: 5_000, totalMs: 5_000 } };

let database: TestDatabase;
let listener: WebhookListener;

beforeAll(async () => {
  [database, listener] = await Promise.all([createTestDatabase(), startWebhookListener()]);
  await database.db.person.create({ data: { id: "ada", name: "Ada", email: "ada@x.test" } });
});
afterEach(async () => {
  listener.answer = (response) => response.writeHead(204).end();
  await database.db.webhookDelivery.deleteMany();
  await database.db.webhookEndpoint.updateMany({ data: { disabledAt: now } });
});
afterAll(() => Promise.all([database.drop(), listener.close()]));

async function endpoint(more: { path?: string; url?: string; events?: WebhookEvent[]; disabledAt?: Date } = {}) {
  const { path = "/", url = listener.url + path, events = [], disabledAt } = more;
  const data = { url, events, secret: "sth_secret", createdById: "ada", disabledAt: disabledAt ?? null };
  return await database.db.webhookEndpoint.create({ data });
}

function tell(event: WebhookEvent = "segment.released"): Promise<void> {
  return database.db.$transaction((tx) =>
    tellWebhooks(tx, { actor, now }, { event, data: { segment: "loyal", n: 1 } }),
  );
}

/** Runs the job at an instant; what the listener heard meanwhile. */
async function heardAt(at: Date) {
  const before = listener.heard.length;
  await webhookDeliveries(posting)(database.db, at);
  return listener.heard.slice(before);
}

async function states() {
  const rows = await database.db.webhookDelivery.findMany({ orderBy: { id: "asc" } });
  return rows.map(({ state, tries, lastAnswer }) => [state, tries, lastAnswer]);
}

test("an endpoint is told once, and can verify who told it, when and what", async () => {
  await endpoint({ path: "/hooks" });
  await tell();
  const [heard] = await heardAt(now);
  expect(await heardAt(later(86_400))).toEqual([]);
  const { id } = await database.db.webhookDelivery.findFirstOrThrow();
  expect(JSON.parse(heard?.body ?? "")).toEqual({
    id,
    event: "segment.released",
    at: now.toISOString(),
    by: { id: "ada", name: "Ada" },
    data: { segment: "loyal", n: 1 },
  });
  expect(heard).toMatchObject({
    path: "/hooks",
    headers: { "steward-event": "segment.released", "steward-delivery": id },
  });
  const second = now.getTime() / 1000;
  const mac = createHmac("sha256", "sth_secret").update(`${second}.${heard?.body}`).digest("hex");
  expect(heard?.headers["steward-signature"]).toBe(`t=${second},v1=${mac}`);
  expect(await states()).toEqual([["delivered", 1, "HTTP 204"]]);
});

test("endpoints hear what they asked for, and disabled ones nothing", async () => {
  await endpoint({ path: "/all" });
  await endpoint({ path: "/kills", events: ["segment.killed"] });
  await endpoint({ path: "/releases", events: ["segment.released"] });
  await endpoint({ path: "/disabled", disabledAt: now });
  await tell();
  expect((await heardAt(now)).map(({ path }) => path).toSorted()).toEqual(["/all", "/releases"]);
});

test("what is rolled back is not told", async () => {
  await endpoint();
  const failing = database.db.$transaction(async (tx) => {
    await tellWebhooks(tx, { actor, now }, { event: "segment.killed", data: {} });
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await heardAt(now)).toEqual([]);
});

test("another answer than 2xx has the delivery made again, later each time, six times at most", async () => {
  await endpoint();
  await tell();
  listener.answer = (response) => response.writeHead(503).end();
  expect(await heardAt(now)).toHaveLength(1);
  let seconds = 0;
  for (const wait of retryWaitsSeconds) {
    expect(await heardAt(later(seconds + wait - 1))).toEqual([]);
    seconds += wait;
    expect(await heardAt(later(seconds))).toHaveLength(1);
  }
  expect(await states()).toEqual([["failed", mostTries, "HTTP 503"]]);
  expect(await heardAt(later(seconds + 100_000))).toEqual([]);
});

test("an endpoint that answers at last has it delivered, under the same id and with a new signature", async () => {
  await endpoint();
  await tell();
  listener.answer = (response) => response.writeHead(500).end();
  const [first] = await heardAt(now);
  listener.answer = (response) => response.writeHead(200).end();
  const [second] = await heardAt(later(60));
  expect(second?.body).toBe(first?.body);
  expect(second?.headers["steward-delivery"]).toBe(first?.headers["steward-delivery"]);
  expect(second?.headers["steward-signature"]).not.toBe(first?.headers["steward-signature"]);
  expect(await states()).toEqual([["delivered", 2, "HTTP 200"]]);
});

test("a redirect is not a delivery", async () => {
  await endpoint();
  await tell();
  listener.answer = (response) => response.writeHead(302, { location: listener.url }).end();
  expect(await heardAt(now)).toHaveLength(1);
  expect(await states()).toEqual([["pending", 1, "HTTP 302"]]);
});

test("where nobody answers, what else is due there waits, and other endpoints are told", async () => {
  const gone = await startWebhookListener();
  await gone.close();
  await endpoint({ url: gone.url });
  for (let n = 0; n < 15; n++) await tell();
  await endpoint();
  await tell();
  expect(await heardAt(now)).toHaveLength(1);
  const tries = await database.db.webhookDelivery.groupBy({ by: ["tries"], _count: true, where: { state: "pending" } });
  expect(tries.toSorted((a, b) => a.tries - b.tries)).toEqual([
    { tries: 0, _count: 6 },
    { tries: 1, _count: 10 },
  ]);
});

test("an address that is not allowed is not connected to, and the reason is kept", async () => {
  await endpoint();
  await tell();
  const before = listener.heard.length;
  await webhookDeliveries({ mayBePrivate: false })(database.db, now);
  expect(listener.heard).toHaveLength(before);
  expect(await states()).toEqual([["pending", 1, "It does not begin https:."]]);
});

test("two processes at once deliver each once", async () => {
  await endpoint();
  for (let n = 0; n < 20; n++) await tell();
  const before = listener.heard.length;
  await Promise.all([heardAt(now), heardAt(now), heardAt(now)]);
  const ids = listener.heard.slice(before).map(({ headers }) => headers["steward-delivery"]);
  expect([ids.length, new Set(ids).size]).toEqual([20, 20]);
});

test("what a process took and did not settle is delivered by the next", async () => {
  await endpoint();
  await tell();
  await database.db.webhookDelivery.updateMany({ data: { tries: mostTries, nextAt: later(60) } });
  expect(await heardAt(later(60))).toHaveLength(1);
});

test("what is settled is kept for 30 days", async () => {
  await endpoint();
  await tell();
  await heardAt(now);
  await heardAt(later(30 * 86_400 - 1));
  expect(await states()).toHaveLength(1);
  await heardAt(later(31 * 86_400));
  expect(await states()).toEqual([]);
});
