import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createTestKey, serveFeed, type World } from "../../../testing/feed-fixture";
import { consumerOf, createServedWorld } from "../../../testing/served-world";
import { revokeKey } from "./consumer-keys";

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let consumer: ReturnType<typeof consumerOf>;

beforeAll(async () => {
  world = await createServedWorld();
});
afterAll(() => world.close());
beforeEach(() => serve());
afterEach(() => feed.close());

async function serve(): Promise<void> {
  feed = await serveFeed(world);
  consumer = consumerOf(feed);
}

describe("a scope", () => {
  test("of one region names no other region, no segment of another, and no customer who resides elsewhere", async () => {
    const { secret } = await createTestKey(world.ctx, { regions: ["eu"] });
    const { segments, text } = await consumer.bundleOf(secret);
    expect(segments.map(({ key }) => key)).not.toContain("only-us");
    expect(text).not.toMatch(/"us"|us-1/);
    expect(text).toContain("eu-1");
    expect(text).toContain("unheard-of");
    expect((await consumer.pull("production/segments/only-us", secret)).status).toBe(404);
    expect(await (await consumer.pull("production/segments", secret)).text()).not.toMatch(/"us"|only-us/);
  });

  test("of one purpose holds no segment of another", async () => {
    const { secret } = await createTestKey(world.ctx, { purposes: ["billing"] });
    expect((await consumer.bundleOf(secret)).segments.map(({ key }) => key)).not.toContain("only-marketing");
  });

  test("learns of a customer by hand who moves in, without a release", async () => {
    const { secret } = await createTestKey(world.ctx, { regions: ["uk", "us"] });
    expect((await consumer.bundleOf(secret)).text).not.toContain("eu-1");
    const mover = await world.engine.get("eu-1");
    if (mover) await world.engine.upsert([{ ...mover, region: "uk" }]);
    await vi.waitFor(async () => expect((await consumer.bundleOf(secret)).text).toContain("eu-1"), 6_000);
    if (mover) await world.engine.upsert([mover]);
  });
});

describe("a key", () => {
  test("is needed, in the Authorization header, for its own environment and with the right", async () => {
    const { secret } = await createTestKey(world.ctx, { rights: ["customers"] });
    const cases: [Promise<Response>, number, string][] = [
      [consumer.pull("production/bundle"), 401, "missing-key"],
      [consumer.pull("production/bundle", `stw_${"x".repeat(43)}`), 401, "unknown-key"],
      [consumer.pull("production/bundle", "nonsense"), 401, "unknown-key"],
      [consumer.pull(`production/bundle?key=${secret}`), 400, "key-in-address"],
      [consumer.pull("staging/customers/eu-1", secret), 403, "other-environment"],
      [consumer.pull("nowhere/customers/eu-1", secret), 403, "other-environment"],
      [consumer.pull("production/bundle", secret), 403, "missing-right"],
      [consumer.pull("production/nothing", secret), 404, "not-found"],
      [fetch(`${feed.url}/production/bundle`, { method: "POST" }), 405, "method-not-allowed"],
    ];
    for (const [asked, status, code] of cases) {
      const response = await asked;
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(await response.json()).toMatchObject({ status, code, requestId: expect.any(String) });
      expect(response.status).toBe(status);
    }
  });

  test("works at once when it is made, and is refused within 5 seconds when it is revoked", async () => {
    const { key, secret } = await createTestKey(world.ctx);
    expect((await consumer.pull("production/bundle", secret)).status).toBe(200);
    const revokedAt = performance.now();
    await revokeKey(world.ctx, key.id);
    await vi.waitFor(async () => expect((await consumer.pull("production/bundle", secret)).status).toBe(401), 5_000);
    expect(performance.now() - revokedAt).toBeLessThan(5_000);
  });

  test("that is unknown costs no question to the database after the first; pulls cost none", async () => {
    const { secret } = await createTestKey(world.ctx);
    const unknown = `stw_${"y".repeat(43)}`;
    await consumer.pull("production/bundle", unknown);
    await consumer.pull("production/bundle", secret);
    await feed.close();
    const asked = vi.spyOn(world.db.consumerKey, "findUnique");
    await serve();
    for (let n = 0; n < 5; n++) await consumer.pull("production/bundle", unknown);
    expect(asked).toHaveBeenCalledTimes(1);
    for (let n = 0; n < 5; n++) await consumer.pull("production/bundle", secret);
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockRestore();
  });

  test("is marked with what it pulled last, in batches", async () => {
    const { key, secret } = await createTestKey(world.ctx);
    const { revision } = await consumer.bundleOf(secret);
    await vi.waitFor(async () => {
      const row = await world.db.consumerKey.findUniqueOrThrow({ where: { id: key.id } });
      expect(row.lastPulledRevision).toBe(revision);
    }, 6_000);
  });
});
