import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keysChannel } from "../guards/server/keys-channel";
import { followMembership } from "../membership/server/follow-membership";
import { nextEvent } from "../testing/client-events";
import { createTestKey, serveFeed, type World } from "../testing/feed-fixture";
import { createManualClock } from "../testing/manual-clock";
import { createServedWorld } from "../testing/served-world";
import type { Client, ConnectOptions, Customer } from "./api";
import { createClient } from "./client";

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let folder: string;
let secret: string;
const clients: Client[] = [];
beforeAll(async () => {
  world = await createServedWorld();
  await follow();
  feed = await serveFeed(world);
  folder = await mkdtemp(join(tmpdir(), "steward-client-"));
  ({ secret } = await createTestKey(world.ctx, { rights: ["definitions", "members", "customers", "receipts"] }));
});
afterAll(async () => {
  for (const client of clients) await client.close();
  await feed.close();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const follow = () => followMembership({ db: world.db, engine: world.engine, now: new Date() }, { cause: "data" });
const pro: Customer = {
  id: "eu-1",
  region: "eu",
  consents: [],
  objections: [],
  attributes: { plan: "pro", spend: 10 },
};

function poll(more: Partial<ConnectOptions> = {}) {
  const clock = createManualClock(Date.now());
  const options = { url: `${feed.url}/production`, key: secret, mode: "poll" as const, instance: "here", ...more };
  const client = createClient(options, clock);
  clients.push(client);
  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await holds())) await clock.pass();
  }
  return { client, clock, until };
}

test("what is released is in use after the next poll, with what changed, and the feed hears that it is", async () => {
  const { client, clock, until } = poll();
  await client.ready();
  expect(client.segmentsOf(pro).map(({ key }) => key)).toEqual(["both", "by-hand"]);
  expect(client.treatmentsOf(pro).get("pool")?.value).toBe("standard");
  const changed = nextEvent(client, "change");
  const revision = await world.release({
    key: "big-spenders",
    rule: { attribute: "spend", operator: "at_least", value: 10 },
  });
  await until(() => client.status().released === revision);
  expect(await changed).toEqual({ released: revision, previous: expect.any(Number), segments: ["big-spenders"] });
  expect(client.segmentsOf(pro).map(({ key }) => key)).toContain("big-spenders");
  expect(client.status()).toMatchObject({ state: "current", released: revision, ageSeconds: 0 });
  const heard = () => world.db.consumerReceipt.findMany({ where: { instance: "here", activated: revision } });
  await until(async () => (await heard()).length === 1);
  expect(await heard()).toMatchObject([{ matches: true, refused: null }]);
  await clock.pass();
});

test("members follow whoever enters and leaves, and a segment that is unknown is no silent no", async () => {
  const { client, until } = poll();
  await client.ready();
  expect(await client.isMember("both", "eu-1")).toBe(true);
  expect(await client.isMember("both", "eu-new")).toBe(false);
  await world.engine.ingest({ changes: [{ id: "eu-new", region: "eu", attributes: { plan: "pro" } }] }, 0);
  await world.engine.ingest({ changes: [{ id: "eu-1", region: "eu", attributes: { plan: null } }] }, 0);
  await follow();
  await until(() => client.isMember("both", "eu-new"));
  expect(await client.isMember("both", "eu-1")).toBe(false);
  await expect(client.isMember("nowhere", "eu-1")).rejects.toMatchObject({ code: "unknown-segment" });
});

test("a key without the right to members says so", async () => {
  const { secret: key } = await createTestKey(world.ctx);
  const { client } = poll({ key });
  await client.ready();
  await expect(client.isMember("both", "eu-1")).rejects.toMatchObject({ code: "missing-right" });
});

test("a restart answers from disk before the feed does, and says that nobody has confirmed it", async () => {
  const cacheFile = join(folder, "last-good");
  const { client } = poll({ cacheFile });
  await client.ready();
  const { released } = client.status();
  await client.close();
  const away = poll({ cacheFile, url: "http://127.0.0.1:9/feed/v1/production" });
  await away.client.ready();
  expect(away.client.status()).toMatchObject({ state: "unreachable", released, ageSeconds: null });
  expect(away.client.segmentsOf({ ...pro, attributes: { plan: "pro" } }).map(({ key }) => key)).toContain("both");
  const elsewhere = poll({ cacheFile, url: "http://127.0.0.1:9/feed/v1/staging" });
  expect(await nextEvent(elsewhere.client, "error")).toMatchObject({ code: "cache-unusable" });
});

test("a revoked key is an error, and what was good is kept", async () => {
  const { key, secret: revoked } = await createTestKey(world.ctx);
  const { client, until } = poll({ key: revoked });
  await client.ready();
  await world.db.consumerKey.update({ where: { id: key.id }, data: { revokedAt: new Date() } });
  await world.db.$executeRaw`SELECT pg_notify(${keysChannel}, ${key.id})`;
  await until(() => client.status().state === "unreachable");
  expect(client.status().lastError).toMatchObject({ code: "key-refused" });
  expect(client.segmentsOf({ ...pro, attributes: { plan: "pro" } })).not.toEqual([]);
});
