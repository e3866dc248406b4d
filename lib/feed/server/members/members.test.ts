import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { followMembership } from "../../../membership/server/follow-membership";
import { createTestKey, serveFeed, type World } from "../../../testing/feed-fixture";
import { consumerOf, createServedWorld } from "../../../testing/served-world";
import { feedMembersSchema } from "../../wire";

const many = 10_050;
const all = { rights: ["members" as const, "definitions" as const] };

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let consumer: ReturnType<typeof consumerOf>;
let secret: string;
beforeAll(async () => {
  world = await createServedWorld();
  const more = Array.from({ length: many }, (_, n) => ({ id: `m${String(n).padStart(5, "0")}`, region: "us" }));
  await world.engine.ingest({ changes: more.map((each) => ({ ...each, attributes: { plan: "free" } })) }, 0);
  await follow();
  feed = await serveFeed(world);
  consumer = consumerOf(feed);
  ({ secret } = await createTestKey(world.ctx, all));
});
afterAll(async () => {
  await feed.close();
  await world.close();
});

const follow = () => followMembership({ db: world.db, engine: world.engine, now: world.ctx.now }, { cause: "data" });
const change = (id: string, region: string, plan: string | null = "free") =>
  world.engine.ingest({ changes: [{ id, region, attributes: { plan } }] }, 0);
const members = async (segment: string, query = "", by = secret) =>
  feedMembersSchema.parse(await (await consumer.pull(`production/segments/${segment}/members${query}`, by)).json());
const refused = async (path: string, by = secret) => {
  const response = await consumer.pull(`production/segments/${path}`, by);
  return `${response.status} ${(await response.json()).code}`;
};
/** Once the feed has heard of the newest revision. */
async function latest(segment: string) {
  const { revision } = await world.db.environment.findUniqueOrThrow({ where: { key: "production" } });
  for (;;) {
    const head = await (await consumer.pull("production/head", secret)).json();
    if (head.revision >= revision) return members(segment);
  }
}

describe("a segment's members", () => {
  test("are pages of one revision, whatever comes meanwhile", async () => {
    const first = await members("only-us");
    expect(first.members).toHaveLength(10_000);
    await change("m00003", "us", null);
    await change("m10040", "us", null);
    await follow();
    const second = await members("only-us", `?cursor=${first.next}`);
    expect(second).toMatchObject({ revision: first.revision, next: null });
    expect([...first.members, ...second.members]).toHaveLength(many + 1);
    const now = await latest("only-us");
    expect(now.revision).toBeGreaterThan(first.revision);
    expect(now.members).not.toContain("m00003");
    expect((await members("only-us", `?revision=${first.revision}`)).members).toContain("m00003");
  });

  test("are lines where that is asked for, with the next page's address in the header", async () => {
    const headers = { accept: "application/x-ndjson" };
    const response = await consumer.pull("production/segments/only-us/members", secret, headers);
    expect(response.headers.get("content-type")).toBe("application/x-ndjson");
    const lines = (await response.text()).trim().split("\n");
    expect(JSON.parse(lines[0] ?? "")).toEqual({ id: "m00000" });
    const [, next = ""] = /^<(.*)>; rel="next"$/.exec(response.headers.get("link") ?? "") ?? [];
    expect((await members("only-us", next)).members.at(-1)).toBe("us-1");
  });

  test("reside in the key's regions, then and now", async () => {
    const eu = await createTestKey(world.ctx, { ...all, regions: ["eu"] });
    expect((await members("both", "", eu.secret)).members).toEqual(["eu-1"]);
    await change("m00005", "eu");
    await follow();
    const { revision } = await latest("both");
    expect((await members("both", `?revision=${revision}`, eu.secret)).members).toEqual(["eu-1", "m00005"]);
    await change("m00005", "us");
    // They may not be named, and would be lost if they came back before the log follows.
    expect(await refused(`both/members?revision=${revision}`, eu.secret)).toBe("503 not-followed");
    await follow();
    expect((await members("both", `?revision=${revision}`, eu.secret)).members).toEqual(["eu-1"]);
    expect(await refused("only-us/members", eu.secret)).toBe("404 not-found");
  });

  test("are none after the kill switch, and there is no segment before its first release", async () => {
    const { revision } = await latest("both");
    await world.release({ key: "late", rule: { attribute: "plan", operator: "is_set" }, killed: true });
    expect((await latest("late")).members).toEqual([]);
    expect(await refused(`late/members?revision=${revision}`)).toBe("404 not-found");
  });
});

test("what is no revision of this scope's is refused, and none is said to be empty instead", async () => {
  const { revision } = await latest("both");
  const first = await members("only-us");
  const other = await createTestKey(world.ctx, { ...all, regions: ["us"] });
  expect(await refused(`both/members?revision=${revision + 1}`)).toBe("400 future-revision");
  for (const query of ["?revision=-1", "?revision=x", "?cursor=x", `?cursor=${first.next}&revision=1`])
    expect(await refused(`only-us/members${query}`)).toBe("400 bad-cursor");
  expect(await refused(`both/members?cursor=${first.next}`)).toBe("400 foreign-cursor");
  expect(await refused(`only-us/members?cursor=${first.next}`, other.secret)).toBe("400 foreign-cursor");
  await world.engine.compact({ environment: "production", upTo: revision });
  const gone = await consumer.pull(`production/segments/both/members?revision=${revision - 1}`, secret);
  expect(gone.status).toBe(410);
  expect(await gone.json()).toMatchObject({ code: "revision-gone", snapshot: "/feed/v1/production/segments" });
  expect((await members("both", `?revision=${revision}`)).members.length).toBeGreaterThan(0);
});

test("a key needs the right to members, and for definitions the right to those", async () => {
  const { secret: definitions } = await createTestKey(world.ctx, { rights: ["definitions"] });
  expect(await refused("both/members", definitions)).toBe("403 missing-right");
  const { secret: onlyMembers } = await createTestKey(world.ctx, { rights: ["members"] });
  expect(await refused("both", onlyMembers)).toBe("403 missing-right");
});
