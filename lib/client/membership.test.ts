import { afterEach, beforeEach, expect, test } from "vitest";
import { makeSigningKey } from "../feed/server/signing/signing-key";
import { nextEvent } from "../testing/client-events";
import { makeFeed } from "../testing/made-feed";
import { createManualClock, type ManualClock } from "../testing/manual-clock";
import { json, problem, scriptFeed } from "../testing/scripted-feed";
import type { Client } from "./api";
import { createClient } from "./client";

let feed: ReturnType<typeof scriptFeed>;
let clock: ManualClock;
let client: Client;
beforeEach(async () => {
  feed = scriptFeed(makeFeed(await makeSigningKey(), { revision: 5, segments: [] }));
  clock = createManualClock(Date.parse("2026-11-22T12:00:00Z"));
  const url = "https://steward.test/feed/v1/production";
  client = createClient({ url, key: "stw_x", mode: "poll", fetch: feed.fetch }, clock);
  await client.ready();
  await clock.idle();
});
afterEach(() => client.close());

const members = (revision: number, ids: string[], next: string | null = null) => json({ revision, members: ids, next });
const changes = (revision: number, list: object[], complete = true) =>
  json({ revision, changes: list, next: `c${revision}`, complete });
const moved = (revision: number, id: string, change: "entered" | "left") => {
  return { kind: "member", revision, segment: "vip", id, change, cause: "data" };
};
const askedOf = (start: string) => feed.asked.filter((path) => path.startsWith(start));

test("members are loaded by pages, once, and a second segment as of where the first has come to", async () => {
  const pages: Record<string, () => Response> = {
    "/segments/vip/members": () => members(7, ["a"], "two/2"),
    "/segments/vip/members?cursor=two%2F2": () => members(7, ["b"]),
    "/segments/other/members?revision=7": () => members(7, ["c"]),
  };
  feed.script((path) => pages[path]?.());
  const answers = await Promise.all(["a", "b", "c"].map((id) => client.isMember("vip", id)));
  expect(answers).toEqual([true, true, false]);
  expect(await client.isMember("other", "c")).toBe(true);
  expect(askedOf("/segments")).toEqual(Object.keys(pages));
});

test("a feed that asks to be left alone is asked again when it said", async () => {
  let asked = 0;
  feed.script(() => {
    asked += 1;
    if (asked > 1) return members(7, ["a"]);
    const refusal = problem(429, "too-many-requests");
    refusal.headers.set("retry-after", "2");
    return refusal;
  });
  const answer = client.isMember("vip", "a");
  while (asked === 0) await Promise.resolve();
  await new Promise(setImmediate);
  expect(await clock.pass()).toBe(2_000);
  expect(await answer).toBe(true);
});

test("a revision that is told in several pages is applied whole; what the snapshot held is not applied again", async () => {
  feed.script((path) => {
    if (path.startsWith("/segments")) return members(7, ["a"]);
    if (path === "/changes?after=7") return changes(8, [moved(7, "a", "left"), moved(8, "b", "entered")], false);
    return path === "/changes?after=c8" ? changes(9, [moved(9, "b", "left"), moved(9, "c", "entered")]) : undefined;
  });
  await client.isMember("vip", "a");
  const told = nextEvent(client, "members");
  await clock.pass();
  expect(await told).toEqual({ revision: 9, segments: ["vip"] });
  expect(await Promise.all(["a", "b", "c"].map((id) => client.isMember("vip", id)))).toEqual([true, false, true]);
});

test.each([
  ["an erasure", { kind: "erasure", revision: 8 }],
  ["a segment that came into the scope", segment({ change: "released", whole: true })],
  ["a segment that went out of it", segment({ change: "withdrawn", whole: false })],
])("%s makes members be taken anew", async (_, change) => {
  feed.script((path) => {
    if (path.startsWith("/changes")) return changes(8, [change]);
    return path.endsWith("revision=8") ? members(8, ["new"]) : members(7, ["old"]);
  });
  expect(await client.isMember("vip", "old")).toBe(true);
  const told = nextEvent(client, "members");
  await clock.pass();
  await told;
  expect([await client.isMember("vip", "old"), await client.isMember("vip", "new")]).toEqual([false, true]);
});

function segment(more: object): object {
  return { kind: "segment", revision: 8, segment: "vip", version: 2, hash: "h", ...more };
}

test("an answer that cannot be read is an error to who asked, and the next one is taken", async () => {
  feed.script(() => json({ revision: 7, members: [1], next: null }));
  await expect(client.isMember("vip", "a")).rejects.toMatchObject({ code: "malformed-answer" });
  feed.script(() => members(7, ["a"]));
  expect(await client.isMember("vip", "a")).toBe(true);
});

test("changes that cannot be had are told, and members stay as they were", async () => {
  feed.script((path) => (path.startsWith("/segments") ? members(7, ["a"]) : problem(503, "unavailable")));
  await client.isMember("vip", "a");
  const told = nextEvent(client, "error");
  await clock.pass();
  expect(await told).toMatchObject({ code: "server-error", feedCode: "unavailable" });
  expect(await client.isMember("vip", "a")).toBe(true);
});
