import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "../../server/context";
import { createTestDatabase, type TestDatabase } from "../../testing/database";
import { listNotices, readNotices, setNoticePreferences } from "./inbox";
import { notify } from "./notify";

const now = new Date("2026-06-01T12:00:00.000Z");
const page = { unread: false, limit: 50 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.person.createMany({
    data: ["ada", "bea", "cai"].map((id) => ({ id, name: id, email: `${id}@x.test` })),
  });
  for (const [title, to] of [
    ["First", ["ada", "bea", "ada"]],
    ["Second", ["ada"]],
    ["Third", ["ada", "cai"]],
  ] as const) {
    await database.db.$transaction((tx) => notify(tx, as("cai"), { to, kind: "comment.added", title, href: "/" }));
  }
});
afterAll(() => database.drop());

function as(id: string): Context {
  const actor = {
    id,
    email: `${id}@x.test`,
    name: id,
    team: null,
    roles: ["viewer"] as const,
    via: "session" as const,
  };
  return { actor, db: database.db, now };
}

async function titles(id: string, query: Partial<typeof page> & { before?: string } = {}): Promise<string[]> {
  return (await listNotices(as(id), { ...page, ...query })).items.map(({ title }) => title);
}

test("everyone has their own notices, each once and newest first, and none of what they did", async () => {
  expect(await titles("ada")).toEqual(["Third", "Second", "First"]);
  expect(await titles("bea")).toEqual(["First"]);
  expect(await titles("cai")).toEqual([]);
});

test("the list is read page by page", async () => {
  const first = await listNotices(as("ada"), { unread: false, limit: 2 });
  expect(await titles("ada", { limit: 2, before: first.next ?? "" })).toEqual(["First"]);
  expect(await listNotices(as("bea"), { unread: false, limit: 1 })).toMatchObject({ next: null });
});

test("nobody reads the notices of others for them", async () => {
  const [adas] = (await listNotices(as("ada"), page)).items;
  expect(await readNotices(as("bea"), { ids: [adas?.id ?? ""] })).toEqual({ unread: 1 });
  expect(await listNotices(as("ada"), page)).toMatchObject({ unread: 3 });
});

test("what was read is left out where only unread is asked for", async () => {
  const [third] = (await listNotices(as("ada"), page)).items;
  expect(await readNotices(as("ada"), { ids: [third?.id ?? ""] })).toEqual({ unread: 2 });
  expect(await titles("ada", { unread: true })).toEqual(["Second", "First"]);
  expect(await titles("ada")).toHaveLength(3);
  expect(await readNotices(as("ada"), { all: true })).toEqual({ unread: 0 });
  expect(await titles("ada", { unread: true })).toEqual([]);
});

test("each decides whether notices are mailed to them", async () => {
  expect(await listNotices(as("ada"), page)).toMatchObject({ mail: { wanted: true, available: false } });
  expect(await setNoticePreferences(as("ada"), { mail: false })).toEqual({ mail: false });
  expect(await listNotices(as("ada"), page)).toMatchObject({ mail: { wanted: false } });
  expect(await listNotices(as("bea"), page)).toMatchObject({ mail: { wanted: true } });
});
