import { setInterval as each, setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FeedChange, feedChangesSchema, feedCustomerSchema, feedMembersSchema } from "../../feed/wire";
import { createFollower, type Follower } from "../../membership/server/follower";
import { createTestKey, serveFeed } from "../../testing/feed-fixture";
import { createIngestWorld, type IngestWorld, ingestNow } from "../../testing/ingest-fixture";
import { consumerOf, onPlan } from "../../testing/served-world";
import { openStream } from "../../testing/stream-reader";
import type { IngestApp } from "../http";

/** `STEWARD_WITHDRAWALS=1000 npm test -- integration withdrawals` is the longer run, which is held to 5 seconds. */
const { STEWARD_WITHDRAWALS: asked } = process.env;
const withdrawals = Number(asked ?? 60);
const longestMs = asked === undefined ? Number.POSITIVE_INFINITY : 5_000;
const marketing = ["offers", "spenders"];
const withdrawing = Array.from({ length: withdrawals }, (_, n) => `withdraws-${n}`);
const staying = Array.from({ length: 300 }, (_, n) => `stays-${n}`);
const everybody = [...withdrawing, ...staying];
/** A call with events and one with customers begin so often: 5,000 lines a second, unless as many are not answered. */
const loadEveryMs = 100;
const linesOfLoad = 250;
const roundsAtOnce = asked === undefined ? 2 : 16;

let world: IngestWorld;
let ingest: IngestApp;
let follower: Follower;
let feed: Awaited<ReturnType<typeof serveFeed>>;

beforeAll(async () => {
  world = await createIngestWorld();
  follower = createFollower({ db: world.db, engine: world.engine });
  ingest = await world.open({ touched: follower.touch });
  const spends = { attribute: "spend", operator: "at_least" as const, value: 1 };
  await world.release({ key: "offers", rule: onPlan, purposes: ["marketing"] });
  await world.release({ key: "spenders", rule: spends, purposes: ["marketing"] });
  await world.release({ key: "billed", rule: onPlan, purposes: ["billing"] });
  await take("customers", everybody.map(newcomer));
  await follower.settled();
  feed = await serveFeed(world);
});
afterAll(async () => {
  await feed.close();
  await ingest.close();
  await follower.close();
  await world.close();
});

const said = (state: string, minutesAgo: number) => ({
  ...{ purpose: "marketing", state, at: ingestNow - minutesAgo * 60_000 },
});
const newcomer = (id: string) => ({
  ...{ id, region: "eu", attributes: { plan: "pro", spend: 5 }, consents: [said("granted", 60)] },
});

async function take(target: string, lines: readonly object[]): Promise<void> {
  const body = lines.map((line) => JSON.stringify(line)).join("\n");
  for (;;) {
    const response = await world.post(target, body, {}, ingest);
    if (response.status === 429) continue;
    expect(await response.json()).toMatchObject({ accepted: lines.length, rejectedTotal: 0 });
    return;
  }
}

/** In each way that there is. */
function withdraw(id: string, n: number): Promise<void> {
  if (n % 3 === 0) return take("customers", [{ id, consents: [said("withdrawn", 1)] }]);
  return take("consents", [{ customerId: id, ...said(n % 3 === 1 ? "withdrawn" : "objected", 1) }]);
}

/**
 * Events, changed values and late statements from before, of everybody: none of it brings anybody back. Gives how many
 * lines a second there were.
 */
async function load(signal: AbortSignal): Promise<number> {
  let round = 0;
  const begun = performance.now();
  const sending = new Set<Promise<unknown>>();
  for await (const _ of each(loadEveryMs)) {
    if (signal.aborted) break;
    if (sending.size >= roundsAtOnce) continue;
    round += 1;
    const some = Array.from(
      { length: linesOfLoad },
      (_, n) => everybody[(round * 31 + n * 7) % everybody.length] ?? "",
    );
    const sent = Promise.all([
      take(
        "events",
        some.map((id) => world.visit(id)),
      ),
      take(
        "customers",
        some.map((id, n) => ({ id, attributes: { spend: 2 + ((round + n) % 50) } })),
      ),
      take("consents", [{ customerId: some[0], ...said("granted", 30) }]),
    ]);
    sending.add(sent);
    void sent.finally(() => sending.delete(sent));
  }
  await Promise.all(sending);
  return Math.round((round * 2 * linesOfLoad * 1_000) / (performance.now() - begun));
}

/** When each was first seen to be gone, by what a consumer asks; whom it named after that. Asks once more at the end. */
type Sight = { readonly gone: Map<string, number>; readonly named: string[] };

function noteChanges({ gone, named }: Sight, changes: readonly FeedChange[]): void {
  for (const change of changes) {
    if (change.kind !== "member" || !marketing.includes(change.segment)) continue;
    const place = `${change.segment} ${change.id}`;
    if (change.change === "left") gone.set(place, performance.now());
    else if (gone.has(place)) named.push(place);
  }
}

/** Follows the changes as a consumer does. */
async function watchChanges(secret: string, from: number, signal: AbortSignal): Promise<Sight> {
  const sight: Sight = { gone: new Map(), named: [] };
  let after = String(from);
  for (let isLast = false; !isLast; await pause(25)) {
    isLast = signal.aborted;
    const answer = await (await consumerOf(feed).pull(`production/changes?after=${after}`, secret)).json();
    const { changes, next } = feedChangesSchema.parse(answer);
    noteChanges(sight, changes);
    after = next;
  }
  return sight;
}

/** Through the head that is the newest at the end. */
async function watchStream(secret: string, from: number, signal: AbortSignal): Promise<Sight> {
  const sight: Sight = { gone: new Map(), named: [] };
  const stream = await openStream(`${feed.url}/production/stream?after=${from}`, secret);
  for await (const { event, data } of stream.events) {
    const told = JSON.parse(data);
    if (event === "changes") noteChanges(sight, feedChangesSchema.shape.changes.parse(told.changes));
    else if (event !== "head") throw new Error(`The stream ended: ${data}`);
    if (signal.aborted && event === "head" && told.revision >= (await headNow())) break;
  }
  stream.close();
  return sight;
}

async function headNow(): Promise<number> {
  return (await world.db.environment.findUniqueOrThrow({ where: { key: "production" } })).revision;
}

/** Takes the members of both segments whole, again and again. */
async function watchMembers(secret: string, signal: AbortSignal): Promise<Sight> {
  const gone = new Map<string, number>();
  const named: string[] = [];
  for (let isLast = false; !isLast; await pause(50)) {
    isLast = signal.aborted;
    for (const segment of marketing) {
      const answer = await (await consumerOf(feed).pull(`production/segments/${segment}/members`, secret)).json();
      const members = new Set(feedMembersSchema.parse(answer).members);
      for (const id of everybody) {
        const place = `${segment} ${id}`;
        if (!members.has(id) && !gone.has(place)) gone.set(place, performance.now());
        else if (members.has(id) && gone.has(place)) named.push(place);
      }
    }
  }
  return { gone, named };
}

async function segmentsOf(id: string, secret: string): Promise<string[]> {
  const answer = await (await consumerOf(feed).pull(`production/customers/${id}`, secret)).json();
  return feedCustomerSchema.parse(answer).segments.map(({ key }) => key);
}

/** Until membership has followed all that came in, and the feed has heard of it. */
async function untilSettled(secret: string): Promise<void> {
  await follower.settled();
  const revision = await headNow();
  await expect
    .poll(async () => (await (await consumerOf(feed).pull("production/head", secret)).json()).revision, {
      timeout: 30_000,
    })
    .toBeGreaterThanOrEqual(revision);
}

test(
  `${withdrawals} withdrawals under load are gone from lookup, members, changes and stream, and nobody comes back`,
  async () => {
    const rights = ["definitions" as const, "members" as const, "customers" as const];
    const keyOf = async () => (await createTestKey(world.ctx, { regions: ["eu"], rights })).secret;
    const [looking, taking, following] = [await keyOf(), await keyOf(), await keyOf()];
    const revision = await headNow();
    const loading = new AbortController();
    const watching = new AbortController();
    const loaded = load(loading.signal);
    const sights = Promise.all([
      watchChanges(following, revision, watching.signal),
      watchMembers(taking, watching.signal),
      watchStream(following, revision, watching.signal),
    ]);
    const answered = new Map<string, number>();
    const waiting = fc.sample(fc.shuffledSubarray(withdrawing, { minLength: withdrawals }), 1).flat();
    const withdrawSome = async () => {
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        await withdraw(id, answered.size);
        answered.set(id, performance.now());
        expect(await segmentsOf(id, looking), `${id} at the next look`).toEqual(["billed"]);
      }
    };
    await Promise.all(Array.from({ length: 6 }, withdrawSome));
    loading.abort();
    console.info(`beside ${await loaded} lines a second`);
    await untilSettled(looking);
    watching.abort();
    // Something more is told, so that a stream that follows comes to its end.
    await take("customers", [newcomer("comes-last")]);
    await untilSettled(looking);
    const [changes, members, stream] = await sights;
    const seen = { changes, members, stream };
    expect(Object.values(seen).flatMap(({ named }) => named)).toEqual([]);
    const places = withdrawing.flatMap((id) => marketing.map((segment) => `${segment} ${id}`));
    for (const { gone } of Object.values(seen)) expect([...gone.keys()].sort()).toEqual(places.toSorted());
    for (const id of withdrawing) expect(await segmentsOf(id, looking)).toEqual(["billed"]);
    for (const id of staying.slice(0, 20))
      expect((await segmentsOf(id, looking)).sort()).toEqual(["billed", ...marketing]);
    for (const [what, { gone }] of Object.entries(seen)) {
      const took = [...gone]
        .map(([place, at]) => at - (answered.get(place.split(" ")[1] ?? "") ?? 0))
        .sort((a, b) => a - b);
      const [half, most] = [0.5, 0.99].map((share) => Math.round(took[Math.floor(took.length * share)] ?? 0));
      console.info(
        `gone from ${what} after ${half} ms (p50), ${most} ms (p99), ${Math.round(took.at(-1) ?? 0)} ms at most`,
      );
      expect(took.at(-1)).toBeLessThanOrEqual(longestMs);
    }
  },
  60_000 + withdrawals * 1_000,
);
