import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { DuckDbEngine } from "../../engine/server/duckdb-engine";
import { createTestKey, serveFeed, type World } from "../../testing/feed-fixture";
import { consumerOf, createServedWorld, onPlan } from "../../testing/served-world";

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let consumer: ReturnType<typeof consumerOf>;
let down = false;

beforeAll(async () => {
  world = await createServedWorld();
  const { engine } = world;
  const failing: DuckDbEngine = {
    ...engine,
    changedAt: () => (down ? Promise.reject(new Error("down")) : engine.changedAt()),
    members: (...asked) => {
      if (down) throw new Error("down");
      return engine.members(...asked);
    },
  };
  feed = await serveFeed({ ...world, engine: failing });
  consumer = consumerOf(feed);
});
afterAll(async () => {
  await feed.close();
  await world.close();
});

test("the kill switch reaches every consumer while the customer data does not answer, and names nobody foreign", async () => {
  const { secret } = await createTestKey(world.ctx, { regions: ["eu"] });
  expect((await consumer.bundleOf(secret)).text).not.toContain("us-1");
  down = true;
  const revision = await world.release({ key: "both", rule: onPlan, killed: true });
  await vi.waitFor(async () => expect((await consumer.bundleOf(secret)).revision).toBe(revision), 5_000);
  const { segments, text } = await consumer.bundleOf(secret);
  expect(segments.find(({ key }) => key === "both")).toMatchObject({ killed: true });
  expect(text).toContain("eu-1");
  expect(text).not.toContain("us-1");
});

test("customers newly named by hand wait until the customer data says where they reside", async () => {
  const { secret } = await createTestKey(world.ctx, { regions: ["eu"] });
  const { revision: before } = await consumer.bundleOf(secret).catch(() => ({ revision: 0 }));
  down = true;
  const include = [
    { customerId: "us-1", reason: "" },
    { customerId: "us-2", reason: "" },
  ];
  const revision = await world.release({ key: "new-list", rule: onPlan, include });
  await world.engine.upsert([{ id: "us-2", region: "us", consents: [], objections: [], attributes: {} }]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect((await consumer.bundleOf(secret)).revision).toBe(before);
  down = false;
  await vi.waitFor(async () => expect((await consumer.bundleOf(secret)).revision).toBe(revision), 5_000);
  expect((await consumer.bundleOf(secret)).text).not.toContain("us-2");
});

test("every call is answered to HEAD as to GET, without its body", async () => {
  const { secret } = await createTestKey(world.ctx);
  for (const path of ["head", "bundle", "segments", "segments/both", "customers/eu-1"]) {
    const response = await fetch(`${feed.url}/production/${path}`, {
      method: "HEAD",
      headers: { authorization: `Bearer ${secret}` },
    });
    expect([path, response.status, await response.text()]).toEqual([path, 200, ""]);
  }
});
