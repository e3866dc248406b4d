import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { ProfileChange } from "../../../engine/customer-records";
import { followMembership } from "../../../membership/server/follow-membership";
import { takeErasureRevision } from "../../../membership/server/revision-line";
import { createDatabase } from "../../../server/database";
import { createTestKey, serveFeed, type World } from "../../../testing/feed-fixture";
import { createServedWorld, onPlan } from "../../../testing/served-world";

/** A machine that does much else takes its time. */
const patienceMs = 20_000;
const nowhere = "postgresql://nobody@127.0.0.1:1/none";

let world: World;
let folder: string;
let secret: string;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  world = await createServedWorld();
  ({ secret } = await createTestKey(world.ctx, { rights: ["definitions", "members"] }));
});
afterAll(() => world.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "steward-last-good-"));
});
afterEach(async () => {
  for (const feed of open.splice(0)) await feed.close();
  await rm(folder, { recursive: true, force: true });
});

/** A feed with a disk of its own; cut off, it has neither PostgreSQL nor the customers. */
async function feedOf({ isCutOff, isEngineAway = isCutOff }: { isCutOff: boolean; isEngineAway?: boolean }) {
  const away = createDatabase(nowhere, 1);
  const fail = () => expect.fail("The engine is away.");
  const engine: World["engine"] = { ...world.engine, membersAt: fail, floor: fail, regionsOf: fail, changedAt: fail };
  const given = isCutOff ? { db: away, url: nowhere } : { db: world.db, url: world.url };
  const feed = await serveFeed({ ...given, engine: isEngineAway ? engine : world.engine }, { dataFolder: folder });
  const close = async () => {
    await feed.close();
    await away.$disconnect();
  };
  open.push({ close });
  const pull = async (path: string, by = secret) => {
    const answer = await fetch(`${feed.url}/production/${path}`, { headers: { authorization: `Bearer ${by}` } });
    return { status: answer.status, etag: answer.headers.get("etag"), text: await answer.text(), answer };
  };
  return { pull, stop: async () => void (await open.pop()?.close()) };
}

const paths = ["head", "bundle", "bundle?format=flagd", "segments", "keys", "segments/both/members"];

async function allOf(pull: Awaited<ReturnType<typeof feedOf>>["pull"]) {
  const answers = [];
  for (const path of paths) {
    const { status, etag, text } = await pull(path);
    answers.push({ path, status, etag, text });
  }
  return answers;
}

describe("a feed that restarts while the database is away", () => {
  test("serves what it served, byte for byte and under the same tags, and refuses what it cannot know", async () => {
    const feed = await feedOf({ isCutOff: false });
    const before = await allOf(feed.pull);
    expect(before.every(({ status }) => status === 200)).toBe(true);
    await vi.waitFor(async () => expect((await readdir(join(folder, "feed", "members"))).length).toBe(2), patienceMs);
    await feed.stop();
    const again = await feedOf({ isCutOff: true });
    expect(await allOf(again.pull)).toEqual(before);
    expect((await again.pull("changes?after=1")).status).toBe(503);
    expect((await again.pull("segments/only-us/members")).status).toBe(503);
  });

  test.each([[0], [1]])("serves the copy before where copy %i is damaged, and ends where both are", async (slot) => {
    const feed = await feedOf({ isCutOff: false });
    const revision = await world.release({
      key: "both",
      rule: { ...onPlan, operator: "is_not_set" },
      precedence: slot,
    });
    await vi.waitFor(
      async () => expect(JSON.parse((await feed.pull("bundle")).text).revision).toBe(revision),
      patienceMs,
    );
    await feed.stop();
    await damage(`last-good-${slot}.json`);
    const again = await feedOf({ isCutOff: true });
    expect((await again.pull("bundle")).status).toBe(200);
    await again.stop();
    await damage(`last-good-${1 - slot}.json`);
    await expect(feedOf({ isCutOff: true })).rejects.toThrow();
  });
});

test("a key that came since is served after a restart too", async () => {
  const feed = await feedOf({ isCutOff: false });
  const { secret: later } = await createTestKey(world.ctx, { regions: ["uk"] });
  await vi.waitFor(async () => expect(await onDisk()).toContain('"regions":["uk"]'), patienceMs);
  const bundle = (await feed.pull("bundle", later)).text;
  const revision = await follow({ id: "uk-1", region: "uk", attributes: { spend: 2_000 } });
  await vi.waitFor(
    async () => expect(JSON.parse((await feed.pull("head", later)).text).revision).toBe(revision),
    patienceMs,
  );
  await feed.stop();
  const again = await feedOf({ isCutOff: true });
  expect(await again.pull("bundle", later)).toMatchObject({ status: 200, text: bundle });
});

test("whoever moved away while the log has them there still is not named from what was kept", async () => {
  const feed = await feedOf({ isCutOff: false });
  const { secret: european } = await createTestKey(world.ctx, { regions: ["eu"], rights: ["members"] });
  await world.release({ key: "moving", rule: onPlan });
  await follow({ id: "eu-1", attributes: { plan: "other" } });
  const address = "segments/moving/members";
  await vi.waitFor(async () => expect((await feed.pull(address, european)).text).toContain("eu-1"), patienceMs);
  await vi.waitFor(async () => expect(await onDisk()).toContain('"segment":"moving","members":["eu-1"'), patienceMs);
  await world.engine.ingest({ changes: [{ id: "eu-1", region: "us" }] }, 0);
  const answer = await feed.pull(address, european);
  await world.engine.ingest({ changes: [{ id: "eu-1", region: "eu" }] }, 0);
  expect(answer).toMatchObject({ status: 503, text: expect.not.stringContaining("eu-1") });
});

test("members are not given from a page that is older than a head may be", async () => {
  const feed = await feedOf({ isCutOff: false });
  expect((await feed.pull("segments/both/members")).status).toBe(200);
  const pages = join(folder, "feed", "members");
  await vi.waitFor(async () => expect(await onDisk()).toContain('"segment":"both"'), patienceMs);
  await feed.stop();
  const again = await feedOf({ isCutOff: true });
  expect((await again.pull("segments/both/members")).status).toBe(200);
  const before = Date.now() / 1_000 - 25 * 3_600;
  for (const page of await readdir(pages)) await utimes(join(pages, page), before, before);
  expect((await again.pull("segments/both/members")).status).toBe(503);
});

test("a segment that was killed while the customers do not answer has nobody, whatever was kept", async () => {
  const feed = await feedOf({ isCutOff: false });
  const address = "segments/to-be-killed/members";
  await world.release({ key: "to-be-killed", rule: onPlan });
  await follow({ id: "us-1", attributes: { plan: "pro" } });
  await vi.waitFor(async () => expect((await feed.pull(address)).text).toContain("us-1"), patienceMs);
  await vi.waitFor(async () => expect(await onDisk()).toContain('"segment":"to-be-killed","members":["'), patienceMs);
  await feed.stop();
  const again = await feedOf({ isCutOff: false, isEngineAway: true });
  expect((await again.pull(address)).text).toContain("us-1");
  const revision = await world.release({ key: "to-be-killed", rule: onPlan, killed: true });
  await vi.waitFor(async () => expect(JSON.parse((await again.pull("head")).text).revision).toBe(revision), patienceMs);
  const { status, text } = await again.pull(address);
  expect([status, JSON.parse(text)]).toEqual([200, expect.objectContaining({ revision, members: [], next: null })]);
});

async function follow(change: ProfileChange): Promise<number> {
  await world.engine.ingest({ changes: [change] }, 0);
  await followMembership({ db: world.db, engine: world.engine, now: world.ctx.now }, { cause: "data" });
  return (await world.db.environment.findUniqueOrThrow({ where: { key: "production" } })).revision;
}

test("an erasure leaves nothing of the copies and pages from before it", async () => {
  const feed = await feedOf({ isCutOff: false });
  await world.release({ key: "by-hand", rule: onPlan, include: [{ customerId: "eu-1", reason: "" }] });
  await vi.waitFor(async () => expect((await feed.pull("bundle")).text).toContain("eu-1"), patienceMs);
  await feed.pull("segments/both/members");
  await vi.waitFor(async () => expect(await onDisk()).toContain("eu-1"), patienceMs);
  await world.release({ key: "by-hand", rule: onPlan });
  await erase();
  await vi.waitFor(async () => expect(await onDisk()).not.toContain("eu-1"), patienceMs);
});

test("an erasure that finds the disk in its way is carried through once it is not", async () => {
  const feed = await feedOf({ isCutOff: false });
  await world.release({ key: "by-hand", rule: onPlan, include: [{ customerId: "eu-1", reason: "" }] });
  await vi.waitFor(async () => expect((await feed.pull("bundle")).text).toContain("eu-1"), patienceMs);
  await world.release({ key: "by-hand", rule: onPlan });
  const inTheWay = [0, 1].map((slot) => join(folder, "feed", `last-good-${slot}.json.new`));
  for (const path of inTheWay) await mkdir(path, { recursive: true });
  const revision = await erase();
  await vi.waitFor(async () => expect(JSON.parse((await feed.pull("head")).text).revision).toBe(revision), patienceMs);
  expect(await onDisk()).toContain("eu-1");
  for (const path of inTheWay) await rmdir(path);
  await follow({ id: "us-1", attributes: { plan: "none" } });
  await vi.waitFor(async () => expect(await onDisk()).not.toContain("eu-1"), patienceMs);
});

function erase(): Promise<number> {
  return world.db.$transaction(async (tx) => {
    const environment = await tx.environment.findUniqueOrThrow({ where: { key: "production" } });
    return takeErasureRevision(tx, { environment, engine: { forgetBeyond: async () => undefined }, now: new Date() });
  });
}

async function damage(name: string): Promise<void> {
  const file = join(folder, "feed", name);
  const bytes = await readFile(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(file, bytes);
}

async function onDisk(): Promise<string> {
  const entries = await readdir(join(folder, "feed"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n");
}
