import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProfileChange } from "../../../engine/customer-records";
import { followMembership } from "../../../membership/server/follow-membership";
import { createTestKey, serveFeed, type World } from "../../../testing/feed-fixture";
import { consumerOf, createServedWorld, onPlan } from "../../../testing/served-world";
import { type OpenStream, openStream, type StreamEvent } from "../../../testing/stream-reader";
import { type FeedChange, feedChangeSchema } from "../../wire";
import { revokeKey } from "../consumers/consumer-keys";

const rights = ["members" as const, "definitions" as const];
const environment = "production";

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let secret: string;
const opened = new Set<OpenStream>();
beforeAll(async () => {
  world = await createServedWorld();
  await follow();
  feed = await serveFeed(world);
  ({ secret } = await createTestKey(world.ctx, { rights, regions: ["eu"] }));
});
afterAll(async () => {
  for (const stream of opened) stream.close();
  await feed.close();
  await world.close();
});

const follow = () => followMembership({ db: world.db, engine: world.engine, now: world.ctx.now }, { cause: "data" });
async function change(...changes: ProfileChange[]): Promise<void> {
  await world.engine.ingest({ changes }, 0);
  await follow();
}
const someone = (id: string, plan: string | null = "pro") => ({ id, region: "eu", attributes: { plan } });
const headNow = async () => (await world.db.environment.findUniqueOrThrow({ where: { key: environment } })).revision;

async function stream(headers: Record<string, string> = {}, by = secret, url = feed.url): Promise<OpenStream> {
  const reading = await openStream(`${url}/${environment}/stream`, by, headers);
  opened.add(reading);
  return reading;
}

async function next({ events }: Pick<OpenStream, "events">): Promise<StreamEvent> {
  const { value } = await events.next();
  if (!value) throw new Error("The stream ended.");
  return value;
}

const told = ({ data }: StreamEvent): FeedChange[] =>
  (JSON.parse(data) as { changes: unknown[] }).changes.map((each) => feedChangeSchema.parse(each));
const revisionOf = ({ data }: StreamEvent): number => JSON.parse(data).revision;

/** The changes before the head of the newest revision. */
async function untilHeadNow(reading: OpenStream): Promise<StreamEvent[]> {
  const revision = await headNow();
  const changes: StreamEvent[] = [];
  for (;;) {
    const event = await next(reading);
    if (event.event === "changes") changes.push(event);
    else if (revisionOf(event) >= revision) return changes;
  }
}

describe("a stream", () => {
  test("begins with the head, and tells the changes of each revision before its head", async () => {
    const reading = await stream();
    const head = await next(reading);
    expect(head).toMatchObject({ event: "head", id: expect.any(String) });
    const pulled = await consumerOf(feed).pull(`${environment}/head`, secret);
    expect(head.data).toBe(await pulled.text());
    await change(someone("s1"));
    const changes = await next(reading);
    expect(changes.event).toBe("changes");
    const member = { kind: "member", segment: "both", id: "s1", change: "entered", cause: "data" };
    expect(told(changes)).toEqual([{ ...member, revision: await headNow() }]);
    expect(revisionOf(await next(reading))).toBe(await headNow());
    await world.release({ key: "both", rule: onPlan, treatments: { pool: "new" } });
    const revision = await headNow();
    expect(told(await next(reading))).toMatchObject([{ kind: "segment", revision, segment: "both" }]);
    expect(revisionOf(await next(reading))).toBe(revision);
    reading.close();
  });

  test("goes on behind its last event, or behind a revision", async () => {
    const before = await stream();
    const { id = "" } = await next(before);
    const revision = await headNow();
    before.close();
    await change(someone("r1"), someone("r2"));
    await change(someone("r1", null));
    for (const place of [id, String(revision)]) {
      const reading = await stream({ "last-event-id": place });
      expect(await next(reading)).toMatchObject({ event: "head", id: undefined });
      const named: string[] = [];
      for (const event of await untilHeadNow(reading))
        for (const each of told(event)) named.push(each.kind === "member" ? `${each.id} ${each.change}` : each.kind);
      expect(named).toEqual(["r1 entered", "r2 entered", "r1 left"]);
      reading.close();
    }
  });

  test("tells of members only who has the right to them", async () => {
    const { secret: definitions } = await createTestKey(world.ctx, { rights: ["definitions"] });
    const reading = await stream({}, definitions);
    const { id = "" } = await next(reading);
    await change(someone("d1"));
    expect(await next(reading)).toMatchObject({ event: "head" });
    await world.release({ key: "both", rule: onPlan, precedence: 3 });
    expect(told(await next(reading))).toMatchObject([{ kind: "segment", segment: "both" }]);
    const refused = await stream({ "last-event-id": id });
    expect([refused.status, JSON.parse(await refused.body()).code]).toEqual([400, "foreign-cursor"]);
    reading.close();
  });

  test("ends when its key is revoked, and others go on", async () => {
    const revoked = await createTestKey(world.ctx, { rights, regions: ["eu"] });
    const [ending, going] = [await stream({}, revoked.secret), await stream()];
    await Promise.all([next(ending), next(going)]);
    await revokeKey(world.ctx, revoked.key.id);
    expect(await ending.events.next()).toEqual({ done: true, value: undefined });
    await change(someone("k1"));
    expect(told(await next(going))).toHaveLength(1);
    going.close();
  });

  test("is refused beyond what one key, and what the process, may have open", async () => {
    const capped = await serveFeed(world, { streams: 4 });
    const keys = await Promise.all(["a", "b", "c"].map(() => createTestKey(world.ctx, { rights })));
    const [one, two, three] = keys.map((key) => key.secret);
    const answers: string[] = [];
    for (const by of [one, one, one, two, two, three]) {
      const reading = await stream({}, by, capped.url);
      answers.push(reading.status === 200 ? "open" : JSON.parse(await reading.body()).code);
    }
    expect(answers).toEqual(["open", "open", "too-many-requests", "open", "open", "too-many-streams"]);
    await capped.close();
  });

  test("tells of a kill also while the customers' data does not answer, and of the changes once it does", async () => {
    let isDown = false;
    const engine: World["engine"] = {
      ...world.engine,
      changesBetween: (...asked) => {
        if (isDown) throw new Error("down");
        return world.engine.changesBetween(...asked);
      },
    };
    const shaken = await serveFeed({ ...world, engine });
    const reading = await stream({}, secret, shaken.url);
    const { id } = await next(reading);
    isDown = true;
    const revision = await world.release({ key: "both", rule: onPlan, killed: true });
    const head = await next(reading);
    expect([head.event, revisionOf(head), head.id]).toEqual(["head", revision, id]);
    isDown = false;
    expect(told(await next(reading))).toMatchObject([{ kind: "segment", segment: "both", revision, whole: true }]);
    await shaken.close();
    await world.release({ key: "both", rule: onPlan });
    await follow();
  });

  test("of who takes nothing is cut off, while others go on", { timeout: 180_000 }, async () => {
    const [slow, quick] = [await stream(), await stream()];
    await Promise.all([next(slow), next(quick)]);
    const many = Array.from({ length: 8_000 }, (_, n) => `${String(n).padStart(5, "0")}-${"x".repeat(200)}`);
    let heard = 0;
    let last = Number.POSITIVE_INFINITY;
    const hearing = (async () => {
      for await (const event of quick.events) {
        heard += event.data.length;
        if (event.event === "head" && revisionOf(event) >= last) return;
      }
    })();
    // More than the connection itself takes up.
    for (let round = 0; round < 6; round += 1)
      await change(...many.map((id) => someone(id, round % 2 === 0 ? "pro" : null)));
    last = (await headNow()) + 1;
    await change(someone("last"));
    await hearing;
    let taken = 0;
    for await (const { data } of slow.events) taken += data.length;
    expect(taken).toBeLessThan(heard);
    quick.close();
  });
});
