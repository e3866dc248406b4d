import { afterAll, beforeAll, expect, test } from "vitest";
import { followMembership } from "../../../membership/server/follow-membership";
import { createTestKey, serveFeed, type World } from "../../../testing/feed-fixture";
import { consumerOf, createServedWorld } from "../../../testing/served-world";

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let consumer: ReturnType<typeof consumerOf>;
let secret: string;
beforeAll(async () => {
  world = await createServedWorld();
  feed = await serveFeed(world);
  consumer = consumerOf(feed);
  ({ secret } = await createTestKey(world.ctx));
});
afterAll(async () => {
  await feed.close();
  await world.close();
});

const pull = async (path: string) => {
  const response = await consumer.pull(path, secret);
  return { tag: response.headers.get("etag"), body: await response.json() };
};

/** Once the feed has heard of it. */
async function headAt(revision: number) {
  for (;;) {
    const head = await pull("production/head");
    if (head.body.revision >= revision) return head;
  }
}

test("customers who move take the head on, and what is released stays as it was, to the byte", async () => {
  const before = { bundle: await pull("production/bundle"), head: await pull("production/head") };
  await world.engine.ingest({ changes: [{ id: "eu-2", region: "eu", attributes: { plan: "pro" } }] }, 0);
  const { db, engine } = world;
  const taken = await followMembership({ db, engine, now: new Date() }, { cause: "data" });
  const revision = Math.max(...taken.flatMap((each) => (each.environment === "production" ? [each.revision] : [])));
  const head = await headAt(revision);
  expect(head.tag).not.toBe(before.head.tag);
  expect(head.body).toEqual({ ...before.head.body, revision, jws: expect.any(String) });
  expect(head.body.released).toBe(before.bundle.body.revision);
  expect(await pull("production/bundle")).toEqual(before.bundle);
  const again = await serveFeed(world);
  const restarted = await consumerOf(again).pull("production/head", secret);
  expect(restarted.headers.get("etag")).toBe(head.tag);
  await again.close();
});
