import { compactVerify, importJWK } from "jose";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { revisionChannel } from "../../../membership/server/revision-line";
import { createTestDatabase } from "../../../testing/database";
import { createTestKey, feedSecret, serveFeed, type World } from "../../../testing/feed-fixture";
import { refusal } from "../../../testing/governance";
import { consumerOf, createServedWorld } from "../../../testing/served-world";
import { signedHead } from "../../../testing/signed-head";
import { listSigningKeys } from "./list-signing-keys";
import { rotateSigningKey } from "./rotate-signing-key";
import { openSigningKey } from "./signing-key";
import { readSigningKeys, requireSigningKeys } from "./signing-key-rows";

const [minute, hour] = [60_000, 3_600_000];
const settings = { secret: feedSecret, hours: 24 };

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let other: Awaited<ReturnType<typeof serveFeed>>;
let secret: string;
let clock = Date.parse("2026-05-01T08:20:00Z");

const ctx = () => ({ ...world.ctx, now: new Date(clock) });
const head = () => signedHead(consumerOf(feed), secret);
const kids = async () => (await head()).keys.keys.map(({ kid }) => kid);
const states = async () => (await listSigningKeys(ctx())).items.map(({ state }) => state);

beforeAll(async () => {
  world = await createServedWorld();
  feed = await serveFeed(world, { now: () => clock });
  other = await serveFeed(world, { now: () => clock });
  ({ secret } = await createTestKey(world.ctx));
});
afterAll(async () => {
  await feed.close();
  await other.close();
  await world.close();
});

/** Once each process has heard of what comes next, all send the same. */
async function expectSameBytes(): Promise<void> {
  const bytesOf = (each: typeof feed) =>
    Promise.all(
      ["head", "keys"].map(async (path) => (await consumerOf(each).pullRaw(`production/${path}`, secret)).body),
    );
  await vi.waitFor(async () => expect(await bytesOf(other)).toEqual(await bytesOf(feed)), 5_000);
}

/** The clock moves on, and the feed looks. */
async function passed(duration: number): Promise<void> {
  clock += duration;
  await world.db.$executeRaw`SELECT pg_notify(${revisionChannel}, '')`;
}

test("a rotated key is published by every process before it signs, and the one before is known until no head of its own holds", async () => {
  const [old = ""] = await kids();
  const { key } = await rotateSigningKey(ctx(), settings);
  await vi.waitFor(async () => expect(await kids()).toEqual([old, key.id]), 5_000);
  expect((await head()).header.kid).toBe(old);
  expect(await states()).toEqual(["next", "signs"]);
  await expectSameBytes();
  expect(await refusal(rotateSigningKey(ctx(), settings))).toBe("conflict rotation-under-way");

  await passed(9 * minute);
  const { payload: lastOfOld } = await head();
  await passed(minute);
  await vi.waitFor(async () => expect((await head()).header.kid).toBe(key.id), 5_000);
  expect(await kids()).toEqual([key.id, old]);
  await expectSameBytes();
  expect(await states()).toEqual(["signs", "known"]);

  const [, { knownUntil } = { knownUntil: null }] = (await listSigningKeys(ctx())).items;
  const end = Date.parse(knownUntil ?? "");
  expect(end).toBe(clock + 26 * hour);
  expect(end).toBeGreaterThan(Date.parse(lastOfOld.expires));
  clock = end - 1;
  expect(await kids()).toEqual([key.id, old]);
  clock = end;
  expect(await kids()).toEqual([key.id]);
  expect(await states()).toEqual(["signs", "gone"]);
  const entry = await world.db.auditEntry.findFirst({ where: { action: "feed-key.rotated" } });
  expect(entry).toMatchObject({ subjectId: key.id, before: { id: old } });
});

test("a key is vouched for by the one before it, and by nobody where it is the first", async () => {
  const [before] = (await head()).keys.keys;
  const { key } = await rotateSigningKey(ctx(), settings);
  const next = await vi.waitFor(async () => {
    const found = (await head()).keys.keys.find(({ kid }) => kid === key.id);
    expect(found).toBeDefined();
    return found;
  }, 5_000);
  const { payload, protectedHeader } = await compactVerify(
    next?.endorsement ?? "",
    await importJWK({ kty: "OKP", crv: "Ed25519", x: before?.x ?? "", alg: "EdDSA" }),
    { algorithms: ["EdDSA"] },
  );
  expect(JSON.parse(Buffer.from(payload).toString())).toEqual({ kid: next?.kid, x: next?.x });
  expect(protectedHeader).toEqual({ alg: "EdDSA", kid: before?.kid, typ: "steward-key+jwt" });
  const first = (await readSigningKeys(world.db)).at(-1);
  expect(first?.endorsement).toBeNull();
});

test("the keys are told to any key, as a JWK Set that holds for five minutes", async () => {
  const { secret } = await createTestKey(world.ctx, { rights: ["receipts"] });
  const response = await consumerOf(feed).pull("production/keys", secret);
  expect([response.status, response.headers.get("content-type"), response.headers.get("cache-control")]).toEqual([
    ...[200, "application/jwk-set+json", "private, max-age=300"],
  ]);
  const etag = response.headers.get("etag") ?? "";
  expect((await consumerOf(feed).pull("production/keys", secret, { "if-none-match": etag })).status).toBe(304);
});

test("what PostgreSQL keeps holds nothing of a private part, and opens with its own row and secret only", async () => {
  const [row, other] = await readSigningKeys(world.db);
  if (!row || !other) throw new Error("There are two keys by now.");
  const opened = await openSigningKey(row, feedSecret);
  const { d = "" } = opened?.privateKey.export({ format: "jwk" }) ?? {};
  const bytes = Buffer.from(d, "base64url");
  expect(bytes).toHaveLength(32);
  const stored = JSON.stringify(await world.db.$queryRaw`SELECT to_jsonb(k) FROM "FeedSigningKey" k`);
  for (const text of [d, bytes.toString("hex"), bytes.toString("base64")]) expect(stored).not.toContain(text);
  expect(await openSigningKey(row, `${feedSecret}.`)).toBeNull();
  expect(await openSigningKey({ id: row.id, sealed: other.sealed }, feedSecret)).toBeNull();
});

test("another secret is told: no feed starts with it, and no key is made", async () => {
  const secret = "another secret of at least 32 characters";
  await expect(serveFeed(world, { secret })).rejects.toMatchObject({
    failure: "usage",
    message: expect.stringContaining("STEWARD_FEED_SECRET"),
  });
  await passed(hour);
  expect(await refusal(rotateSigningKey(ctx(), { ...settings, secret }))).toBe("conflict feed-secret-differs");
  expect(await readSigningKeys(world.db)).toHaveLength(3);
});

test("who may not write consumers rotates nothing", async () => {
  const { ctx: all } = world;
  const viewer = { ...all, actor: { ...all.actor, roles: [] } };
  expect(await refusal(rotateSigningKey(viewer, settings))).toBe("forbidden missing-permission");
});

test("processes that start at once make one key", async () => {
  const { db } = await createTestDatabase();
  const made = await Promise.all([1, 2, 3, 4].map(() => requireSigningKeys(db, feedSecret, clock)));
  expect(new Set(made.flatMap((rows) => rows.map(({ id }) => id))).size).toBe(1);
});
