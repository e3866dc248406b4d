import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestKey, serveFeed, type World } from "../../../testing/feed-fixture";
import { consumerOf, createServedWorld, onPlan } from "../../../testing/served-world";
import { revokeKey } from "../consumers/consumer-keys";
import { createHeadWaiters } from "./head-waiters";

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let secret: string;

beforeAll(async () => {
  world = await createServedWorld();
  feed = await serveFeed(world);
  ({ secret } = await createTestKey(world.ctx));
});
afterAll(async () => {
  await feed.close();
  await world.close();
});

const ask = (query: string, by = secret, headers: Record<string, string> = {}) =>
  consumerOf(feed).pull(`production/head?${query}`, by, headers);
const revisionNow = async () => (await (await ask("after=0")).json()).revision as number;

test("a head that is newer already is answered at once", async () => {
  expect(await revisionNow()).toBe(4);
  const response = await ask("after=3&wait=30");
  expect([response.status, (await response.json()).revision]).toEqual([200, 4]);
});

test("a head is answered when it comes", async () => {
  const now = await revisionNow();
  const waiting = ask(`after=${now}&wait=30`);
  const revision = await world.release({ key: "awaited", rule: onPlan });
  expect((await (await waiting).json()).revision).toBe(revision);
});

test("when the time is over the head of now is answered, or that it is known", async () => {
  const now = await revisionNow();
  const response = await ask(`after=${now}&wait=1`);
  expect((await response.json()).revision).toBe(now);
  const known = await ask(`after=${now}&wait=0`, secret, { "if-none-match": response.headers.get("etag") ?? "" });
  expect(known.status).toBe(304);
});

test("who waits with a key that is revoked is refused without waiting longer", async () => {
  const { key, secret: revoked } = await createTestKey(world.ctx);
  const waiting = ask(`after=${await revisionNow()}&wait=30`, revoked);
  await ask(`after=0`, revoked);
  await revokeKey(world.ctx, key.id);
  expect((await waiting).status).toBe(401);
});

test("a feed that closes lets whoever waits go with what there is", async () => {
  const closing = await serveFeed(world);
  const now = await revisionNow();
  const waiting = consumerOf(closing).pull(`production/head?after=${now}&wait=30`, secret);
  await consumerOf(closing).pull("production/head?after=0", secret);
  const [response] = await Promise.all([waiting, closing.close()]);
  expect(response.status).toBe(200);
});

test.each([
  ["after=999", "future-revision"],
  ["after=many", "bad-cursor"],
  ["after=-1", "bad-cursor"],
  ["after=1&wait=31", "bad-wait"],
  ["after=1&wait=-1", "bad-wait"],
  ["after=1&wait=soon", "bad-wait"],
  ["wait=5", "bad-wait"],
])("?%s is refused as %s", async (query, code) => {
  const response = await ask(query);
  expect([response.status, (await response.json()).code]).toEqual([400, code]);
});

test("one too many of a process or of a key is refused, and there is room again when one has gone", async () => {
  const silent = { onChange: () => () => undefined };
  const waiters = createHeadWaiters({ views: silent, keyring: silent }, { waiters: 3, waitersOfKey: 2 });
  const gone = new AbortController();
  const wait = (keyId: string, signal = new AbortController().signal) =>
    waiters.wait({ keyId, isOver: () => false, forMs: 30_000, gone: signal });
  const held = [wait("a", gone.signal), wait("a")];
  await expect(wait("a")).rejects.toMatchObject({ code: "too-many-requests", retryAfterSeconds: 5 });
  held.push(wait("b"));
  await expect(wait("c")).rejects.toMatchObject({ code: "too-many-requests" });
  gone.abort();
  await held[0];
  held.push(wait("c"));
  waiters.close();
  await Promise.all(held);
});
