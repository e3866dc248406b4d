import { setImmediate } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { makeSigningKey, type SigningKey } from "../feed/server/signing/signing-key";
import type { Recording } from "../testing/altered-feed";
import { nextEvent } from "../testing/client-events";
import { makeFeed } from "../testing/made-feed";
import { createManualClock, type ManualClock } from "../testing/manual-clock";
import { json, type OpenStream, problem, scriptFeed } from "../testing/scripted-feed";
import type { Client } from "./api";
import { createClient } from "./client";

let key: SigningKey;
beforeAll(async () => {
  key = await makeSigningKey();
});

let feed: ReturnType<typeof scriptFeed>;
let clock: ManualClock;
let client: Client;
let stream: OpenStream;
/** Who is in "vip", by the revision that is asked for. */
let vip: Record<number, string[]>;
beforeEach(async () => {
  feed = scriptFeed(made(5));
  vip = { 5: ["a"], 9: ["z"] };
  script();
  clock = createManualClock(Date.parse("2026-11-22T12:00:00Z"));
  const url = "https://steward.test/feed/v1/production";
  client = createClient({ url, key: "stw_x", fetch: feed.fetch }, clock);
  stream = await feed.stream();
  await client.ready();
  stream.send({ id: "c5", event: "head", data: headOf(made(5)) });
});
afterEach(() => client.close());

/** Lets time pass until it has come. */
async function whilePassing<Value>(coming: Promise<Value>): Promise<Value> {
  let isHere = false;
  const here = coming.finally(() => {
    isHere = true;
  });
  while (!isHere) {
    await clock.pass();
    await setImmediate();
  }
  return here;
}

const made = (revision: number) => makeFeed(key, { revision, segments: [] });
const headOf = (recording: Recording): object => JSON.parse(String(recording.get("/head")?.body));
function script(more: (path: string) => Response | undefined = () => undefined): void {
  feed.script((path) => {
    const members = /^\/segments\/vip\/members(?:\?revision=(\d+))?$/.exec(path);
    if (!members) return more(path);
    const revision = Number(members[1] ?? 9);
    return json({ revision, members: vip[revision] ?? [], next: null });
  });
}
const moves = (revision: number, change: "entered" | "left", ...ids: string[]) =>
  ids.map((id) => ({ kind: "member", revision, segment: "vip", id, change, cause: "data" }));
const isVip = (id: string) => client.isMember("vip", id);

test("a revision that comes in several events is seen whole, and told once", async () => {
  expect([await isVip("a"), await isVip("b")]).toEqual([true, false]);
  const told: unknown[] = [];
  client.on("members", (event) => told.push(event));
  const [changed, moved] = [nextEvent(client, "change"), nextEvent(client, "members")];
  feed.serve(made(6));
  const first = { revision: 6, changes: moves(6, "left", "a"), complete: false };
  stream.send({ id: "c6-half", event: "changes", data: first });
  stream.send({ event: "head", data: headOf(made(6)) });
  await changed;
  expect(await isVip("a")).toBe(true);
  stream.send({ id: "c6", event: "changes", data: { revision: 6, changes: moves(6, "entered", "b"), complete: true } });
  await moved;
  expect([await isVip("a"), await isVip("b")]).toEqual([false, true]);
  expect(told).toEqual([{ revision: 6, segments: ["vip"] }]);
});

test("a stream that ends is taken up again behind what was told whole", async () => {
  stream.send({ id: "c6", event: "changes", data: { revision: 6, changes: [], complete: true } });
  stream.send({
    id: "c7-half",
    event: "changes",
    data: { revision: 7, changes: moves(7, "left", "a"), complete: false },
  });
  stream.send({ event: "resync", data: { code: "slow-reader" } });
  stream.end();
  expect((await whilePassing(feed.stream())).lastEventId).toBe("c6");
});

test("where the feed cannot go on from, members are taken anew", async () => {
  expect(await isVip("a")).toBe(true);
  stream.send({ event: "resync", data: { code: "revision-gone", snapshot: "/feed/v1/production/segments" } });
  stream.end();
  feed.serve(made(9));
  stream = await whilePassing(feed.stream());
  expect(stream.lastEventId).toBe(null);
  stream.send({ id: "c9", event: "head", data: headOf(made(9)) });
  expect([await isVip("a"), await isVip("z")]).toEqual([false, true]);
});

test.each([
  [410, "revision-gone"],
  [400, "foreign-cursor"],
  [400, "future-revision"],
])("a cursor that is refused with %i %s is not sent again", async (status, code) => {
  expect(await isVip("a")).toBe(true);
  script((path) => (/^.(stream|changes)/.test(path) ? problem(status, code) : undefined));
  const told = nextEvent(client, "error");
  stream.end();
  expect(await whilePassing(told)).toMatchObject({ feedCode: code });
  script();
  stream = await whilePassing(feed.stream());
  expect(stream.lastEventId).toBe(null);
  stream.send({ id: "c9", event: "head", data: headOf(made(5)) });
  expect(await isVip("z")).toBe(true);
});

test("without a stream it polls, and tries again for a stream later and later", async () => {
  script((path) => (path === "/stream" ? problem(503, "too-many-streams") : undefined));
  stream.end();
  const waits: number[] = [];
  while (waits.at(-1) !== 60_000) {
    waits.push(await clock.pass());
    await setImmediate();
  }
  const seconds = [1, 2, 4, 8, 16, 32, 60];
  expect(waits.filter((wait) => seconds.includes(wait / 1_000))).toEqual(seconds.map((each) => each * 1_000));
  feed.serve(made(6));
  expect((await whilePassing(nextEvent(client, "change"))).released).toBe(6);
  script();
  expect((await whilePassing(feed.stream())).lastEventId).toBe("c5");
});

test("a stream on which nothing comes, not even a heartbeat, is given up", async () => {
  stream.write(": ♥\n\n");
  const told = nextEvent(client, "error");
  expect((await whilePassing(feed.stream())).lastEventId).toBe("c5");
  expect(await told).toMatchObject({ code: "unreachable", message: expect.stringContaining("silent") });
});

test("a head of the stream that was refused is asked for again, not waited for", async () => {
  feed.serve(made(6));
  const [refused, recovered] = [nextEvent(client, "refused"), nextEvent(client, "recovered")];
  stream.send({ id: "c6", event: "head", data: { ...headOf(made(6)), revision: 7 } });
  expect(await refused).toMatchObject({ code: "malformed-head" });
  expect(await recovered).toEqual({ released: 6 });
});

test("heads of the past, which a poll was ahead of, are no refusals", async () => {
  const refusals: unknown[] = [];
  client.on("refused", (refusal) => refusals.push(refusal));
  feed.serve(made(8));
  const changed = nextEvent(client, "change");
  for (const revision of [6, 7, 8]) stream.send({ id: `c${revision}`, event: "head", data: headOf(made(revision)) });
  expect((await changed).released).toBe(8);
  const ended = nextEvent(client, "change");
  feed.serve(made(9));
  stream.send({ id: "c9", event: "head", data: headOf(made(9)) });
  expect((await ended).released).toBe(9);
  expect(refusals).toEqual([]);
});
