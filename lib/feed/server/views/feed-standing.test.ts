import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DocumentStanding } from "../../../segments/document";
import { createTestKey, createWorld, serveFeed, type World } from "../../../testing/feed-fixture";
import { consumerOf, onPlan } from "../../../testing/served-world";
import { feedCustomerSchema, feedSegmentAnswerSchema } from "../../wire";

const removalAt = "2027-03-01T00:00:00Z";
const deprecated: DocumentStanding = { state: "deprecated", notice: "Use new-one.", removalAt, replacement: "new-one" };
const archived: DocumentStanding = { state: "archived", notice: "Replaced.", replacement: "only-us" };

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let consumer: ReturnType<typeof consumerOf>;
let secret: string;
let european: string;

beforeAll(async () => {
  world = await createWorld();
  const profile = { region: "eu", consents: [], objections: [], attributes: { plan: "pro" } };
  await world.engine.upsert([{ id: "eu-1", ...profile }]);
  await world.release({ key: "new-one", rule: onPlan });
  await world.release({ key: "only-us", rule: onPlan, regions: ["us"] });
  await world.release({ key: "old-one", rule: onPlan, standing: deprecated, treatments: { pool: "old" } });
  await world.release({ key: "gone", rule: onPlan, standing: archived, include: [{ customerId: "eu-1", reason: "" }] });
  await world.release({ key: "back", rule: onPlan, purposes: ["marketing"], standing: archived });
  await world.release({ key: "back", rule: onPlan, purposes: ["marketing"] });
  secret = (await createTestKey(world.ctx)).secret;
  feed = await serveFeed(world);
  consumer = consumerOf(feed);
  european = (await createTestKey(world.ctx, { regions: ["eu"] })).secret;
});
afterAll(async () => {
  await feed.close();
  await world.close();
});

async function segmentOf(key: string, of = secret) {
  const { segments } = await consumer.bundleOf(of);
  return segments.find((segment) => segment.key === key);
}

describe("a deprecated segment", () => {
  test("says so in the bundle and the list, with the notice, the date and what replaces it", async () => {
    expect((await segmentOf("old-one"))?.standing).toEqual(deprecated);
    const list = await (await consumer.pull("production/segments", secret)).json();
    expect(list).toMatchObject({
      segments: expect.arrayContaining([expect.objectContaining({ standing: deprecated })]),
    });
  });

  test("keeps its members, and who looks one up is told", async () => {
    const answer = await (await consumer.pull("production/customers/eu-1", secret)).json();
    const { segments, treatments } = feedCustomerSchema.parse(answer);
    expect(segments.map(({ key, standing }) => [key, standing?.state ?? null])).toEqual([
      ["new-one", null],
      ["old-one", "deprecated"],
    ]);
    expect(treatments).toMatchObject([{ name: "pool", value: "old" }]);
  });

  test("says in headers of its own address since when, and until when", async () => {
    const { createdAt } = await world.db.release.findFirstOrThrow({ where: { segment: { key: "old-one" } } });
    const { headers } = await consumer.pull("production/segments/old-one", secret);
    expect(headers.get("deprecation")).toBe(`@${Math.floor(createdAt.getTime() / 1000)}`);
    expect(headers.get("sunset")).toBe("Mon, 01 Mar 2027 00:00:00 GMT");
    const others = await consumer.pull("production/segments/new-one", secret);
    expect([others.headers.get("deprecation"), others.headers.get("sunset")]).toEqual([null, null]);
  });
});

describe("an archived segment", () => {
  test("is a tombstone: a notice, nobody, and nothing of its rule, lists or treatments", async () => {
    const tombstone = await segmentOf("gone");
    expect(tombstone).toMatchObject({ standing: archived, treatments: {}, killed: false });
    expect(tombstone?.rule).toEqual({ all: [{ guard: "region", regions: [] }] });
    const answer = await consumer.pull("production/segments/gone", secret);
    expect(feedSegmentAnswerSchema.parse(await answer.json()).segment.standing).toEqual(archived);
    expect(answer.headers.get("deprecation")).toBeNull();
  });

  test("is told to nobody who could not see the segment, and names no replacement beyond the scope", async () => {
    expect((await segmentOf("gone", european))?.standing).toEqual({ state: "archived", notice: "Replaced." });
    const { secret: elsewhere } = await createTestKey(world.ctx, { regions: ["uk"] });
    expect((await consumer.bundleOf(elsewhere)).segments).toEqual([]);
  });

  test("comes back as it was when it is restored", async () => {
    expect(await segmentOf("back")).toMatchObject({ standing: null, version: 2 });
    expect(JSON.stringify((await segmentOf("back"))?.rule)).toContain('"plan"');
  });
});
