import fs from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { writeCheckpoint } from "../../audit/server/write-checkpoint";
import { createEventType } from "../../events/server/create-event-type";
import { keyRights } from "../../feed/contract";
import { createList } from "../../lists/server/create-list";
import { uploadList } from "../../lists/server/upload-list";
import { createFollower } from "../../membership/server/follower";
import { log } from "../../server/log";
import { openSigningKeys } from "../../server/signing-key";
import { callFeed, everyFeedCall } from "../../testing/feed-crawl";
import { createTestKey, createWorld, serveFeed, testActor, type World } from "../../testing/feed-fixture";
import { openStream } from "../../testing/stream-reader";
import { openRequest } from "./data-requests";
import { eraseCustomers } from "./erase-customers";
import { lookUpCustomer } from "./look-up-customer";
import { mergeCustomers } from "./merge-customers";

/** Every place that holds customers, searched byte for byte for each of 100 who were erased, and 10 who were not. */
const customers = Array.from({ length: 110 }, (_, n) => `erase-${n}-me`);
const erased = new Set(customers.slice(0, 100));
const merged = "erase-98-me";
const segments = ["spenders", "by-hand"];

let world: World;
let folder: string;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let secret: string;

beforeAll(async () => {
  vi.spyOn(fs, "write");
  vi.spyOn(fs, "writeSync");
  folder = await mkdtemp(join(tmpdir(), "steward-erased-"));
  vi.stubEnv("STEWARD_DATA", folder);
  world = await createWorld();
  await createEventType(world.ctx, { key: "visit", name: "Visit", description: "", properties: [] }, world.engine);
  const spends = { attribute: "spend", operator: "at_least" as const, value: 0 };
  await world.release({ key: "spenders", rule: spends });
  await world.release({
    key: "by-hand",
    rule: spends,
    include: customers.map((customerId) => ({ customerId, reason: "" })),
  });
  await bringIn();
  feed = await serveFeed(world, { dataFolder: folder });
  ({ secret } = await createTestKey(world.ctx, { rights: [...keyRights] }));
});
afterAll(async () => {
  await feed.close();
  await world.close();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const privacy = () => ({ ...world.ctx, actor: { ...testActor, roles: ["privacy", "author", "admin"] as const } });

/** By every way in which something of a customer is kept. */
async function bringIn(): Promise<void> {
  const follower = createFollower({ db: world.db, engine: world.engine });
  const of = <T>(make: (id: string, n: number) => T) => customers.map(make);
  await world.engine.ingest(
    {
      changes: of((id) => ({ id, region: "eu", attributes: { plan: id, spend: 1, email: `${id}@x.test` } })),
      consents: of((customerId) => ({
        ...{ customerId, purpose: "marketing", state: "granted", at: 1, source: "web", text: `said by ${customerId}` },
      })),
      identities: of((customerId) => ({ namespace: "device", value: `device of ${customerId}`, customerId })),
      events: of((customerId) => ({ id: `visit of ${customerId}`, customerId, type: "visit", at: 1, properties: {} })),
    },
    2,
  );
  await world.engine.ingest({ changes: of((id) => ({ id, attributes: { plan: `again ${id}` } })) }, 3);
  follower.touch(customers, "data");
  await createList(privacy(), { key: "press", name: "Press", description: "" });
  await uploadList(privacy(), { key: "press", text: customers.join("\n"), mode: "replace", basedOn: 0 });
  await mkdir(join(folder, "imports", "one"), { recursive: true });
  const rejects = of((id, n) => `${n + 2},${id},spend,of ${id},not-a-number,"""of ${id}"" is no number"`);
  await writeFile(
    join(folder, "imports", "one", "rejects.csv"),
    ["line,customer,column,value,code,message", ...rejects, ""].join("\n"),
  );
  const merge = { from: merged, into: "erase-99-me", reason: "The same person." };
  await mergeCustomers(privacy(), merge, { engine: world.engine, touch: follower.touch });
  await follower.settled();
  await follower.close();
  for (const id of ["erase-0-me", "erase-105-me", "erase-200-me"])
    await lookUpCustomer(privacy(), { id, environment: "production", access: null }, world.engine).catch(
      () => undefined,
    );
}

/** Of the customers whom bytes name, each once. */
function namedIn(bytes: Buffer | string): string[] {
  return [...new Set(bytes.toString("latin1").match(/erase-\d+-me/g) ?? [])];
}

/** Whom each place names. */
async function search(): Promise<Record<string, string[]>> {
  return {
    database: namedIn(await dump()),
    engine: namedIn(await engineFiles()),
    log: namedIn(logged()),
    feed: namedIn((await answers()).join("\n")),
    ...(await filesIn(folder)),
  };
}

/** Each row of each table. */
async function dump(): Promise<string> {
  const tables = await world.db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`;
  const rows: string[] = [];
  for (const { name } of tables) {
    const found = await world.db.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`);
    rows.push(...found.map(({ row }) => row));
  }
  return rows.join("\n");
}

async function engineFiles(): Promise<Buffer> {
  const reader = await world.engine.connect();
  await reader.run("CHECKPOINT");
  const [row] = (await reader.runAndReadAll("SELECT path FROM duckdb_databases() WHERE path IS NOT NULL")).getRows();
  reader.closeSync();
  const files = [String(row?.[0]), `${row?.[0]}.wal`].filter((file) => fs.existsSync(file));
  return Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
}

function logged(): string {
  const calls: (readonly unknown[])[] = [...vi.mocked(fs.write).mock.calls, ...vi.mocked(fs.writeSync).mock.calls];
  return calls.flatMap(([to, what]) => (to === 2 ? [String(what)] : [])).join("");
}

async function answers(): Promise<string[]> {
  const { revision } = await world.db.environment.findUniqueOrThrow({ where: { key: "production" } });
  const revisions = Array.from({ length: revision }, (_, n) => n + 1);
  const places = { environment: "production", segments, customers: [...customers], revisions };
  const texts: string[] = [];
  for (const call of await everyFeedCall(feed.url, places)) texts.push((await callFeed(feed.url, call, secret)).text);
  return texts;
}

/** By what each file is of: imports, the feed's last good copy, its pages of members, checkpoints. */
async function filesIn(of: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const entry of await readdir(of, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const name = join(entry.parentPath, entry.name).slice(of.length + 1);
    const kind = name.replace(/[0-9a-f]{64}/, "…").replace(/-\d+\./, "-….");
    found[kind] = [...new Set([...(found[kind] ?? []), ...namedIn(await readFile(join(of, name)))])];
  }
  return found;
}

async function eraseThem(): Promise<void> {
  for (const customer of erased)
    if (customer !== merged) await openRequest(privacy(), { kind: "erasure", customer, note: "" }, world.engine);
  await eraseCustomers(() => world.engine)(world.db, world.ctx.now);
}

test("100 who were erased are named nowhere, and the feed says that somebody was", { timeout: 120_000 }, async () => {
  const stream = await openStream(`${feed.url}/production/stream`, secret);
  const before = await search();
  expect(countsOf(before)).toEqual({ ...everywhere(110), log: 0, "feed/members/…": 109 });

  await eraseThem();
  for await (const { event, data } of stream.events)
    if (event === "changes" && data.includes('"kind":"erasure"')) break;
  stream.close();
  await writeCheckpoint({ db: world.db, folder, keys: await openSigningKeys(folder) }, world.ctx.now);
  log.error({ customer: "somebody" }, "the log is heard");
  await vi.waitFor(() => expect(logged()).toContain("the log is heard"));

  const after = await search();
  const left = Object.entries(after).flatMap(([place, named]) =>
    named.filter((id) => erased.has(id)).map((id) => `${id} in ${place}`),
  );
  expect(left).toEqual([]);
  expect(countsOf(after)).toMatchObject({ ...everywhere(10), "feed/members/…": 10, "2026-05-….ndjson": 0 });
});

function everywhere(count: number): Record<string, number> {
  const places = ["database", "engine", "feed", "imports/one/rejects.csv", "feed/last-good-….json"];
  return Object.fromEntries(places.map((place) => [place, count]));
}

function countsOf(found: Readonly<Record<string, readonly string[]>>): Record<string, number> {
  return Object.fromEntries(Object.entries(found).map(([place, named]) => [place, named.length]));
}
