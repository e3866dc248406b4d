import { createHash } from "node:crypto";
import fc from "fast-check";
import { compactVerify, createLocalJWKSet } from "jose";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { revisionChannel } from "../../../membership/server/revision-line";
import { createTestKey, serveFeed, type World } from "../../../testing/feed-fixture";
import { consumerOf, createServedWorld } from "../../../testing/served-world";
import { signedHead } from "../../../testing/signed-head";

const hour = 3_600_000;
const formats = ["", "?format=flagd", "?format=cel"];

let world: World;
let feeds: Awaited<ReturnType<typeof serveFeed>>[];
let consumer: ReturnType<typeof consumerOf>;
let clock = Date.parse("2026-05-01T08:20:00Z");
const now = () => clock;

beforeAll(async () => {
  world = await createServedWorld();
  feeds = [await serveFeed(world, { now }), await serveFeed(world, { now })];
  consumer = consumerOf(feeds[0] ?? { url: "" });
});
afterAll(async () => {
  for (const feed of feeds) await feed.close();
  await world.close();
});

test("a head says of its scope what its signature holds: revisions, expiry, and digest and length of every bundle", async () => {
  const { secret } = await createTestKey(world.ctx, { regions: ["us", "eu"] });
  const { head, header, payload, keys } = await signedHead(consumer, secret);
  const { jws: _, ...beside } = head;
  expect(payload).toEqual(beside);
  expect(header).toEqual({ alg: "EdDSA", kid: keys.keys[0]?.kid, typ: "steward-head+jwt" });
  expect(payload).toMatchObject({
    ...{ environment: "production", revision: 4, released: 4, expires: "2026-05-02T09:00:00.000Z" },
    scope: { id: expect.stringMatching(/^[\w-]{22}$/), regions: ["eu", "us"], purposes: ["billing", "marketing"] },
    segments: { both: "hash-both-1", "only-us": "hash-only-us-1" },
  });
  const told = [payload.bundle, payload.bundle.flagd, payload.bundle.cel];
  for (const [index, format] of formats.entries()) {
    const { body } = await consumer.pullRaw(`production/bundle${format}`, secret);
    const digest = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
    expect(told[index]).toMatchObject({ digest, bytes: body.length });
  }
});

test("a signature fails for any changed byte of header, payload or signature", async () => {
  const { secret } = await createTestKey(world.ctx);
  const { head, keys } = await signedHead(consumer, secret);
  const parts = head.jws.split(".").map((part) => Buffer.from(part, "base64url"));
  const place = fc.nat(2).chain((part) => fc.tuple(fc.constant(part), fc.nat((parts[part]?.length ?? 0) - 1)));
  await fc.assert(
    fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async ([part, at], change) => {
      const changed = parts.map((bytes, index) =>
        bytes.map((byte, i) => (index === part && i === at ? byte ^ change : byte)),
      );
      const jws = changed.map((bytes) => Buffer.from(bytes).toString("base64url")).join(".");
      await expect(compactVerify(jws, createLocalJWKSet(keys), { algorithms: ["EdDSA"] })).rejects.toThrow();
    }),
    { numRuns: 300 },
  );
});

/** Every answer from memory, in every encoding, as bytes. */
async function everything(feed: { readonly url: string }, secret: string) {
  const paths = ["head", "keys", "segments", ...formats.map((format) => `bundle${format}`)];
  const asked = paths.flatMap((path) => ["identity", "gzip", "br"].map((encoding) => [path, encoding] as const));
  return Promise.all(
    asked.map(async ([path, encoding]) => {
      const { headers, body } = await consumerOf(feed).pullRaw(`production/${path}`, secret, encoding);
      return [path, encoding, headers.etag, headers["content-encoding"], body.toString("base64")];
    }),
  );
}

test("every process sends the same bytes under the same tags, after a restart too; an hour later only the head is new", async () => {
  const { secret } = await createTestKey(world.ctx);
  const all = () => Promise.all(feeds.map((feed) => everything(feed, secret)));
  const [first, second] = await all();
  expect(second).toEqual(first);
  const [, ...others] = feeds;
  await feeds[0]?.close();
  clock += 39 * 60_000;
  feeds = [await serveFeed(world, { now }), ...others];
  consumer = consumerOf(feeds[0] ?? { url: "" });
  expect((await all())[0]).toEqual(first);

  clock += hour;
  await world.db.$executeRaw`SELECT pg_notify(${revisionChannel}, '')`;
  await vi.waitFor(async () => {
    const [here, there] = await all();
    expect(here).not.toEqual(first);
    expect(there).toEqual(here);
  }, 5_000);
  const [later = []] = await all();
  expect(later.filter(([path]) => path !== "head")).toEqual(first?.filter(([path]) => path !== "head"));
  expect((await signedHead(consumer, secret)).payload.expires).toBe("2026-05-02T10:00:00.000Z");
});

test("no format tells a scope of another's regions, purposes, segments, customers or environment", async () => {
  const narrow: [scope: Parameters<typeof createTestKey>[1], foreign: string[]][] = [
    [{ regions: ["eu"] }, ["only-us", "us-1", '"us"', "in-staging", "nowhere"]],
    [{ purposes: ["billing"] }, ["only-marketing", '"marketing"', "in-staging"]],
    [{ regions: ["uk"] }, ["both", "only-", "by-hand", "eu-1", "us-1", '"eu"', '"us"']],
  ];
  for (const [scope, foreign] of narrow) {
    const { secret } = await createTestKey(world.ctx, scope);
    const paths = [
      ...["head", "segments"],
      ...formats.flatMap((format) => [`bundle${format}`, `revisions/4/bundle${format}`]),
    ];
    for (const path of paths) {
      const text = (await consumer.pullRaw(`production/${path}`, secret)).body.toString();
      expect([path, foreign.filter((each) => text.includes(each))]).toEqual([path, []]);
      expect(text).toContain('"production"');
    }
  }
});

test("a format that there is not is refused, naming those that there are", async () => {
  const { secret } = await createTestKey(world.ctx);
  const response = await consumer.pull("production/bundle?format=yaml", secret);
  expect([response.status, await response.json()]).toEqual([
    400,
    expect.objectContaining({ code: "unknown-format", detail: expect.stringContaining("flagd") }),
  ]);
});
