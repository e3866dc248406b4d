import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { killSegment } from "../../releases/server/kill-segment";
import { createGovernance, type Governance, released, testNow } from "../../testing/governance";
import { compactLog } from "./compact-log";
import { followMembership } from "./follow-membership";
import { createFollower, type Follower, type FollowerEngine } from "./follower";

const environment = "production";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

const head = async () =>
  (await world.database.db.environment.findUniqueOrThrow({ where: { key: environment } })).revision;
const revision = (number: number) =>
  world.database.db.revision.findUniqueOrThrow({
    where: { environmentKey_number: { environmentKey: environment, number } },
  });
const following = () => ({ db: world.database.db, engine: world.engine, now: testNow });
const change = (id: string, plan: string) =>
  world.engine.ingest({ changes: [{ id, attributes: { plan } }] }, testNow.getTime());

async function membersOf(segment: string, at: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of world.engine.membersAt({ environment, segment, revision: at })) ids.push(...page);
  return ids;
}

test("a release writes its members at its own revision, and the kill switch takes them out at its own", async () => {
  await released(world, "logged");
  const first = await head();
  expect(await membersOf("logged", first)).toHaveLength(160);
  expect(await revision(first)).toMatchObject({ kind: "release", cause: "release", entered: 160, left: 0 });
  await killSegment(world.as("operator"), { key: "logged", environment, reason: "Leak." });
  expect(await head()).toBe(first + 1);
  expect(await membersOf("logged", first + 1)).toEqual([]);
  expect(await revision(first + 1)).toMatchObject({ kind: "kill", entered: 0, left: 160 });
});

describe("following", () => {
  beforeAll(async () => {
    await released(world, "followed");
  });

  test("takes one revision where somebody moved, with the cause on each row, and none where nobody did", async () => {
    const before = await head();
    await change("c0001", "premium");
    await change("c0002", "free");
    const touched = { cause: "data", customers: ["c0001", "c0002", "c0003", "unheard-of"] } as const;
    expect(await followMembership(following(), touched)).toEqual([{ environment, revision: before + 1 }]);
    expect(await revision(before + 1)).toMatchObject({ kind: "membership", cause: "data", entered: 1, left: 1 });
    expect(await world.engine.membershipsOf(environment, "c0001")).toEqual([
      { revision: before + 1, segment: "followed", change: "entered", cause: "data" },
    ]);
    expect(await followMembership(following(), touched)).toEqual([]);
    expect(await head()).toBe(before + 1);
  });

  test("forgets what was written for a revision that never came", async () => {
    const before = await head();
    const beyond = {
      environment,
      revision: before + 1,
      asOf: 0,
      cause: "data",
      segments: [{ segment: "followed", rule: null }],
    };
    await world.engine.materialise(beyond);
    await change("c0003", "premium");
    await followMembership(following(), { cause: "data", customers: ["c0003"] });
    expect(await membersOf("followed", before + 1)).toEqual([...(await membersOf("followed", before)), "c0003"].sort());
  });

  test("leaves a killed segment empty, whatever its rule says", async () => {
    await change("c0007", "premium");
    await followMembership(following(), { cause: "data" });
    expect(await membersOf("logged", await head())).toEqual([]);
    expect(await membersOf("followed", await head())).toContain("c0007");
  });
});

describe("the follower", () => {
  let follower: Follower;
  const follow = (engine: FollowerEngine = world.engine) => {
    follower = createFollower({ db: world.database.db, engine, now: () => testNow, gatherMs: 1 });
    return follower;
  };

  test("looks at everybody who was touched together, and has when it is settled", async () => {
    const before = await head();
    const ids = ["c0009", "c0011", "c0013"];
    for (const id of ids) await change(id, "premium");
    follow();
    for (const id of ids) follower.touch([id], "data");
    await follower.settled();
    expect(await head()).toBe(before + 1);
    expect(await membersOf("followed", before + 1)).toEqual(expect.arrayContaining(ids));
    await follower.close();
  });

  test("tries again what failed, and follows once it can", async () => {
    let failures = 2;
    follow({
      ...world.engine,
      materialise: (of) => (failures-- > 0 ? Promise.reject(new Error("away")) : world.engine.materialise(of)),
    });
    await change("c0017", "premium");
    follower.touch(["c0017"], "data");
    await follower.settled();
    expect(await membersOf("followed", await head())).toContain("c0017");
    await follower.close();
  });

  test("that starts looks at everybody who moved while nobody did", async () => {
    await change("c0019", "premium");
    follow().touch("all", "start");
    await follower.settled();
    await follower.close();
    expect(await world.engine.membershipsOf(environment, "c0019")).toMatchObject([
      { change: "entered", cause: "start" },
    ]);
  });

  test("that starts does not claim to know members of revisions that the log has lost", async () => {
    const before = await membersOf("followed", await head());
    expect(await world.engine.floor(environment)).toBe(0);
    await world.engine.forgetBeyond({ environment, revision: 0 });
    follow().touch("all", "start");
    await follower.settled();
    await follower.close();
    expect(await membersOf("followed", await head())).toEqual(before);
    expect(await world.engine.floor(environment)).toBe(await head());
  });

  test("follows whoever is touched while it looks at everybody", async () => {
    for (const key of ["more-1", "more-2", "more-3", "more-4"]) await released(world, key);
    const order: (number | "all")[] = [];
    follow({
      ...world.engine,
      materialise: (of) => {
        order.push(of.customers?.length ?? "all");
        if (order.length === 1) follower.touch(["c0021", "c0023"], "data");
        return world.engine.materialise(of);
      },
    });
    follower.touch("all", "time");
    await follower.settled();
    await follower.close();
    expect(order).toEqual(["all", 2, "all"]);
  });
});

test("after so many days it is forgotten who was in a segment when, and who is stays known", async () => {
  const { db } = world.database;
  const dayMs = 86_400_000;
  const before = { head: await head(), members: await membersOf("followed", await head()) };
  const later = new Date(testNow.getTime() + 3 * dayMs);
  await change("c0027", "premium");
  await followMembership({ ...following(), now: later }, { cause: "data", customers: ["c0027"] });
  await compactLog(2)(db, new Date(testNow.getTime() + 4 * dayMs));
  expect(await world.engine.floor(environment)).toBe(before.head);
  expect(await membersOf("followed", before.head)).toEqual(before.members);
  expect(await membersOf("followed", await head())).toContain("c0027");
  await compactLog(2)(db, later);
  expect(await world.engine.floor(environment)).toBe(before.head);
});
