import { randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Alter,
  type AlteredFeed,
  altering,
  type FeedAnswer,
  type Recording,
  record,
  serveRecording,
} from "../testing/altered-feed";
import { createTestKey, serveFeed, type World } from "../testing/feed-fixture";
import { createManualClock, type ManualClock } from "../testing/manual-clock";
import { createServedWorld, onPlan } from "../testing/served-world";
import type { Client } from "./api";
import { createClient } from "./client";
import { refusalCodes } from "./steward-error";

let world: World;
let before: Recording;
let after: Recording;
let foreign: Recording;
let replay: AlteredFeed;
beforeAll(async () => {
  world = await createServedWorld();
  const feed = await serveFeed(world);
  const url = `${feed.url}/production`;
  const { secret } = await createTestKey(world.ctx);
  const elsewhere = await createTestKey(world.ctx, { regions: ["us"] });
  before = await record(url, secret);
  const revision = await world.release({ key: "newest", rule: onPlan });
  do after = await record(url, secret);
  while (headOf(after).released < revision);
  foreign = await record(url, elsewhere.secret);
  replay = await serveRecording(before);
  await feed.close();
});
afterAll(async () => {
  await replay.close();
  await world.close();
});

const headOf = (recording: Recording): { released: number; expires: string } =>
  JSON.parse(String(recording.get("/head")?.body));

async function holding(recording: Recording): Promise<{ client: Client; clock: ManualClock }> {
  replay.serve(recording);
  const clock = createManualClock(Date.now());
  const client = createClient({ url: replay.url, key: "stw_recorded", mode: "poll" }, clock);
  await client.ready();
  await clock.idle();
  return { client, clock };
}

/** Asks so often for altered answers, each altered anew, and gives how often each reason was told. */
async function refusals(times: number, alter: (trial: number) => Alter): Promise<Map<string, number>> {
  const { client, clock } = await holding(before);
  const { released } = headOf(before);
  const codes: string[] = [];
  for (let trial = 0; trial < times; trial += 1) {
    replay.serve(after, alter(trial));
    await clock.pass();
    const status = client.status();
    expect(status).toMatchObject({ state: "refusing", released });
    codes.push(status.lastRefusal?.code ?? "none");
  }
  replay.serve(after);
  clock.set(clock.now() + 60_000);
  await clock.pass();
  expect(client.status()).toMatchObject({ state: "current", released: headOf(after).released });
  await client.close();
  return new Map([...Map.groupBy(codes, (code) => code)].map(([code, all]) => [code, all.length]));
}

function flipped(answer: FeedAnswer, from = 0): FeedAnswer {
  const body = Buffer.from(answer.body);
  const at = randomInt(from, body.length);
  body[at] = (body[at] ?? 0) ^ randomInt(1, 256);
  return { ...answer, body };
}

const known: readonly string[] = refusalCodes;

test("1,000 single bytes changed in head, signature and bundle are 1,000 refusals, each with its reason", async () => {
  const jwsAt = String(after.get("/head")?.body).indexOf('"jws":"') + '"jws":"'.length;
  const codes = await refusals(1_000, (trial) => {
    if (trial % 3 === 0) return altering("/head", (answer) => flipped(answer));
    if (trial % 3 === 1) return altering("/head", (answer) => flipped(answer, jwsAt));
    return altering("/bundle", (answer) => flipped(answer));
  });
  expect([...codes.keys()].filter((code) => !known.includes(code))).toEqual([]);
  expect(codes.get("digest-mismatch")).toBe(333);
  expect(codes.get("bad-signature")).toBeGreaterThan(50);
}, 120_000);

test("bodies that are cut anywhere, with or without their length, are refused", async () => {
  const codes = await refusals(200, (trial) =>
    altering(trial % 2 === 0 ? "/head" : "/bundle", (answer) => {
      const length = randomInt(0, answer.body.length);
      return trial % 4 < 2 ? { ...answer, body: answer.body.subarray(0, length) } : { ...answer, cutAfter: length };
    }),
  );
  expect(new Set(codes.keys())).toEqual(new Set(["truncated", "malformed-head"]));
  expect(codes.get("truncated")).toBe(150);
}, 120_000);

test("true answers of yesterday, of another key, and of a feed that was cut off are refused", async () => {
  const { client, clock } = await holding(after);
  for (const [recording, code] of [
    [before, "older-revision"],
    [foreign, "foreign-scope"],
  ] as const) {
    replay.serve(recording);
    await clock.pass();
    expect(client.status()).toMatchObject({ state: "refusing", lastRefusal: { code } });
    replay.serve(after);
    await clock.pass();
    expect(client.status()).toMatchObject({ state: "current", released: headOf(after).released });
  }
  clock.set(Date.parse(headOf(after).expires));
  replay.serve(
    after,
    altering("/head", (answer) => ({ ...answer, headers: { "content-type": "application/json" } })),
  );
  await clock.pass();
  expect(client.status()).toMatchObject({ state: "expired", lastRefusal: { code: "expired-head" } });
  expect(
    client.segmentsOf({ id: "a", region: "eu", consents: [], objections: [], attributes: { plan: "pro" } }),
  ).not.toEqual([]);
  await client.close();
});
