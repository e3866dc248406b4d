import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { followMembership } from "../../../membership/server/follow-membership";
import { createTestKey, serveFeed, type World } from "../../../testing/feed-fixture";
import { consumerOf, createServedWorld, onPlan } from "../../../testing/served-world";
import { openStream } from "../../../testing/stream-reader";
import { type FeedChange, feedChangesSchema } from "../../wire";

const drops = Number(process.env.STEWARD_STREAMS ?? 40);
const readers = 8;
const seed = 20_261_122;
const environment = "production";
const customers = Array.from({ length: 150 }, (_, n) => `customer-${String(n).padStart(5, "0")}`);

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let secret: string;
beforeAll(async () => {
  world = await createServedWorld();
  await follow();
  feed = await serveFeed(world, { requestsPerSecond: 1_000_000 });
  ({ secret } = await createTestKey(world.ctx, { rights: ["members", "definitions"], regions: ["eu"] }));
});
afterAll(async () => {
  await feed.close();
  await world.close();
});

const follow = () => followMembership({ db: world.db, engine: world.engine, now: world.ctx.now }, { cause: "data" });
const headNow = async () => (await world.db.environment.findUniqueOrThrow({ where: { key: environment } })).revision;

/** Goes on until it is told to end: customers enter and leave, and something is released now and then. */
async function keepChanging(isOver: () => boolean): Promise<void> {
  for (let round = 0; !isOver(); round += 1) {
    const some = customers.filter((_, n) => (n + round) % 3 !== 0);
    const attributes = { plan: round % 2 === 0 ? "pro" : null };
    await world.engine.ingest({ changes: some.map((id) => ({ id, region: "eu", attributes })) }, 0);
    await follow();
    if (round % 4 === 0) await world.release({ key: "both", rule: onPlan, precedence: round });
  }
}

type Read = { readonly changes: FeedChange[]; last: string };

/** Reads until the connection is dropped, or until the head of a revision; takes over what came whole. */
async function readOn(read: Read, until: { dropAfter?: number; revision?: number }): Promise<void> {
  const headers = { "last-event-id": read.last };
  const stream = await openStream(`${feed.url}/${environment}/stream`, secret, headers, until.dropAfter);
  for await (const { id, event, data } of stream.events) {
    const told = JSON.parse(data);
    if (event === "changes") read.changes.push(...told.changes);
    read.last = id ?? read.last;
    if (event === "head" && id !== undefined && told.revision >= (until.revision ?? Number.POSITIVE_INFINITY)) break;
  }
  stream.close();
}

/** All that there is, by the call for pages. */
async function changesAfter(revision: number): Promise<FeedChange[]> {
  const changes: FeedChange[] = [];
  for (let after = String(revision); ; ) {
    const answer = await (await consumerOf(feed).pull(`${environment}/changes?after=${after}`, secret)).json();
    const page = feedChangesSchema.parse(answer);
    changes.push(...page.changes);
    if (page.complete) return changes;
    after = page.next;
  }
}

test("streams that are dropped anywhere go on behind their last event: nothing is missed, and nothing told twice", {
  timeout: 60_000 + drops * 2_000,
}, async () => {
  const begin = await headNow();
  const places = fc.sample(fc.integer({ min: 100, max: 60_000 }), { numRuns: drops, seed }).values();
  let reading = readers;
  const readAll = async () => {
    const read: Read = { changes: [], last: String(begin) };
    for (const dropAfter of places) await readOn(read, { dropAfter });
    reading -= 1;
    return read;
  };
  const [reads] = await Promise.all([
    Promise.all(Array.from({ length: readers }, readAll)),
    keepChanging(() => reading === 0),
  ]);
  const revision = await headNow();
  await Promise.all(reads.map((read) => readOn(read, { revision })));
  const all = await changesAfter(begin);
  expect(all.length).toBeGreaterThan(500);
  for (const { changes } of reads) expect(changes).toEqual(all);
});
