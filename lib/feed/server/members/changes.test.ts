import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProfileChange } from "../../../engine/customer-records";
import { followMembership } from "../../../membership/server/follow-membership";
import { lockEnvironment, takeErasureRevision } from "../../../membership/server/revision-line";
import { createTestKey, type ReleasedSegment, serveFeed, type World } from "../../../testing/feed-fixture";
import { consumerOf, createServedWorld, onPlan } from "../../../testing/served-world";
import { type FeedChange, feedChangesSchema, feedMembersSchema, feedSegmentListSchema } from "../../wire";

const rights = ["members" as const, "definitions" as const];
const environment = "production";

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let consumer: ReturnType<typeof consumerOf>;
let secret: string;
beforeAll(async () => {
  world = await createServedWorld();
  await follow();
  feed = await serveFeed(world);
  consumer = consumerOf(feed);
  ({ secret } = await createTestKey(world.ctx, { rights, regions: ["eu"] }));
});
afterAll(async () => {
  await feed.close();
  await world.close();
});

const follow = () => followMembership({ db: world.db, engine: world.engine, now: world.ctx.now }, { cause: "data" });
async function change(...changes: ProfileChange[]): Promise<void> {
  await world.engine.ingest({ changes }, 0);
  await follow();
}
async function release(segment: ReleasedSegment): Promise<void> {
  await world.release(segment);
  await follow();
}
type Held = { readonly revision: number; readonly members: Set<string> };

const headOf = async () => (await world.db.environment.findUniqueOrThrow({ where: { key: environment } })).revision;

/** Once the feed has heard of the newest revision. */
async function heard(): Promise<number> {
  const revision = await headOf();
  for (;;) {
    const head = await (await consumer.pull("production/head", secret)).json();
    if (head.revision >= revision) return head.revision;
  }
}

async function changesAfter(after: string | number) {
  await heard();
  return feedChangesSchema.parse(await (await consumer.pull(`production/changes?after=${after}`, secret)).json());
}

async function snapshotOf(segment: string): Promise<Held> {
  const answer = await (await consumer.pull(`production/segments/${segment}/members`, secret)).json();
  const { revision, members } = feedMembersSchema.parse(answer);
  return { revision, members: new Set(members) };
}
const named = (changes: readonly FeedChange[]) =>
  changes.flatMap((each) =>
    each.kind === "member" ? [`${each.segment} ${each.id} ${each.change} ${each.cause}`] : [],
  );

async function segmentsNow(): Promise<string[]> {
  const list = await (await consumer.pull("production/segments", secret)).json();
  return feedSegmentListSchema.parse(list).segments.map(({ key }) => key);
}

/** What a consumer makes of the changes: what a snapshot holds already is not told it again. */
async function apply(held: Map<string, Held>, changes: readonly FeedChange[]): Promise<void> {
  for (const each of changes) {
    if (each.kind === "erasure") continue;
    const { revision, members } = held.get(each.segment) ?? { revision: 0, members: new Set() };
    held.set(each.segment, { revision, members });
    if (each.revision <= revision) continue;
    if (each.kind === "member" && each.change === "entered") members.add(each.id);
    else if (each.kind === "member") expect(members.delete(each.id), JSON.stringify(each)).toBe(true);
    else if (each.change === "withdrawn") members.clear();
    else if (each.whole) held.set(each.segment, await snapshotOf(each.segment));
  }
}

describe("changes", () => {
  test("lead a consumer from each snapshot to the next, whatever moves in, out or elsewhere", async () => {
    const held = new Map<string, Held>();
    let after: string | number = await heard();
    for (const segment of await segmentsNow()) held.set(segment, await snapshotOf(segment));
    const someone = (id: string, region: string, plan: string | null = "pro"): ProfileChange => {
      return { id, region, attributes: { plan } };
    };
    const steps = [
      () => change(someone("a", "eu"), someone("b", "us"), someone("c", "eu")),
      () => change(someone("a", "us"), someone("b", "eu")),
      () => change(someone("c", "eu", null), someone("a", "eu")),
      () => release({ key: "both", rule: onPlan, regions: ["us"] }),
      () => change(someone("d", "eu"), someone("b", "eu", null)),
      () => release({ key: "both", rule: onPlan, treatments: { pool: "new" } }),
      () => release({ key: "both", rule: onPlan, killed: true }),
      () => release({ key: "both", rule: onPlan }),
    ];
    for (const step of steps) {
      await step();
      const answer = await changesAfter(after);
      expect(answer.complete).toBe(true);
      await apply(held, answer.changes);
      for (const segment of await segmentsNow())
        expect(held.get(segment)?.members, segment).toEqual((await snapshotOf(segment)).members);
      after = answer.next;
    }
    expect(await changesAfter(after)).toMatchObject({ changes: [], complete: true });
  });

  test("name nobody who moved away before it was told of them, and let go whom it was told of", async () => {
    const before = await heard();
    await change({ id: "passing", region: "eu", attributes: { plan: "pro" } });
    const between = await heard();
    await change({ id: "passing", region: "us" });
    expect(named((await changesAfter(before)).changes)).toEqual([]);
    expect(named((await changesAfter(between)).changes)).toEqual(["both passing left data"]);
  });

  test("come by pages, each going on where the one before ended", async () => {
    const before = await heard();
    const many = Array.from({ length: 10_200 }, (_, n) => {
      return { id: `n${String(n).padStart(5, "0")}`, region: "eu", attributes: { plan: "pro" } };
    });
    await change(...many);
    const first = await changesAfter(before);
    expect(first.complete).toBe(false);
    const second = await changesAfter(first.next);
    expect(second).toMatchObject({ complete: true, revision: await headOf() });
    const ids = [...first.changes, ...second.changes].flatMap((each) => (each.kind === "member" ? [each.id] : []));
    expect(ids).toEqual(many.map(({ id }) => id));
  });

  test("say that customers were erased, not who", async () => {
    const before = await heard();
    const { db, engine } = world;
    const revision = await db.$transaction(async (tx) => {
      return takeErasureRevision(tx, {
        environment: await lockEnvironment(tx, environment),
        engine,
        now: world.ctx.now,
      });
    });
    expect((await changesAfter(before)).changes).toEqual([{ kind: "erasure", revision }]);
  });

  test("are refused where they would hide a loss", async () => {
    const head = await heard();
    const { next } = await changesAfter(head);
    const other = await createTestKey(world.ctx, { rights, regions: ["us"] });
    const refused = async (query: string, by = secret) => {
      const response = await consumer.pull(`production/changes${query}`, by);
      return `${response.status} ${(await response.json()).code}`;
    };
    expect(await refused(`?after=${head + 1}`)).toBe("400 future-revision");
    for (const query of ["", "?after=-1", "?after=1.5", "?after=x", "?after="]) {
      expect(await refused(query)).toBe("400 bad-cursor");
    }
    expect(await refused(`?after=${next}`, other.secret)).toBe("400 foreign-cursor");
    await world.engine.compact({ environment, upTo: head });
    expect(await refused(`?after=${head - 1}`)).toBe("410 revision-gone");
    expect((await changesAfter(head)).complete).toBe(true);
  });
});
