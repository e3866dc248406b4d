import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { lockEnvironment, takeErasureRevision } from "../../../membership/server/revision-line";
import { createTestKey, serveFeed, type World } from "../../../testing/feed-fixture";
import { consumerOf, createServedWorld, onPlan } from "../../../testing/served-world";

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let consumer: ReturnType<typeof consumerOf>;
/** The one is told of customers by hand, the other of none. */
let [withNames, withoutNames] = ["", ""];
const formats = ["", "?format=flagd", "?format=cel"];

beforeAll(async () => {
  world = await createServedWorld();
  feed = await serveFeed(world);
  consumer = consumerOf(feed);
  ({ secret: withNames } = await createTestKey(world.ctx));
  ({ secret: withoutNames } = await createTestKey(world.ctx, { purposes: ["marketing"] }));
});
afterAll(async () => {
  await feed.close();
  await world.close();
});

const bundles = (path: string, secret: string) =>
  Promise.all(
    formats.map(async (format) => {
      const response = await consumer.pull(`production/${path}${format}`, secret);
      return { text: await response.text(), etag: response.headers.get("etag") };
    }),
  );

/** What both keys are served at this revision, once the feed has it. */
async function servedAt(revision: number) {
  await vi.waitFor(async () => expect((await consumer.bundleOf(withNames)).revision).toBe(revision), 5_000);
  return {
    revision,
    withNames: await bundles("bundle", withNames),
    withoutNames: await bundles("bundle", withoutNames),
  };
}

async function erase(): Promise<number> {
  return world.db.$transaction(async (tx) => {
    const environment = await lockEnvironment(tx, "production");
    return takeErasureRevision(tx, { environment, now: new Date(), engine: world.engine });
  });
}

test("the bundle of a revision is what was served then, to the byte; gone where erased customers may have been named", async () => {
  const served = [await servedAt(4)];
  const next = { key: "only-marketing", rule: onPlan, purposes: ["marketing"] };
  served.push(await servedAt(await world.release({ ...next, treatments: { pool: "other" } })));
  served.push(await servedAt(await world.release({ key: "both", rule: onPlan, killed: true })));
  served.push(await servedAt(await world.release({ ...next, standing: { state: "archived", notice: "Gone." } })));
  for (const { revision, ...then } of served) {
    expect(await bundles(`revisions/${revision}/bundle`, withNames)).toEqual(then.withNames);
    expect(await bundles(`revisions/${revision}/bundle`, withoutNames)).toEqual(then.withoutNames);
  }

  const erased = await servedAt(await erase());
  expect(await bundles(`revisions/${erased.revision}/bundle`, withNames)).toEqual(erased.withNames);
  for (const { revision, ...then } of served) {
    const gone = await consumer.pull(`production/revisions/${revision}/bundle`, withNames);
    expect([gone.status, await gone.json()]).toEqual([
      410,
      expect.objectContaining({ code: "revision-gone", snapshot: "/feed/v1/production/bundle" }),
    ]);
    expect(await bundles(`revisions/${revision}/bundle`, withoutNames)).toEqual(then.withoutNames);
  }
});

test("it may be kept for good where it names nobody by hand, and is asked for again where it does", async () => {
  const { revision } = await consumer.bundleOf(withNames);
  const path = `production/revisions/${revision}/bundle`;
  const kept = await consumer.pull(path, withoutNames);
  expect(kept.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
  const named = await consumer.pull(path, withNames);
  expect(named.headers.get("cache-control")).toBe("private, no-cache");
  const again = await consumer.pull(path, withNames, { "if-none-match": named.headers.get("etag") ?? "" });
  expect(again.status).toBe(304);
});

test("before the first release nothing was served", async () => {
  const response = await consumer.pull("production/revisions/0/bundle", withNames);
  expect(await response.json()).toEqual({ environment: "production", revision: 0, segments: [] });
});

test.each([
  ["999", "future-revision"],
  ["-1", "bad-cursor"],
  ["1.5", "bad-cursor"],
  ["latest", "bad-cursor"],
  ["99999999999", "bad-cursor"],
])("revision %s is refused as %s", async (revision, code) => {
  const response = await consumer.pull(`production/revisions/${revision}/bundle`, withNames);
  expect([response.status, (await response.json()).code]).toEqual([400, code]);
});
