import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGovernance, documentOf, type Governance, refusal } from "../../testing/governance";
import { createSegment } from "../../versions/server/create-segment";
import { listEntriesQuerySchema } from "../contract";
import type { UploadMode } from "../definition";
import { createList } from "./create-list";
import { getList } from "./get-list";
import { contentHashOf } from "./list-content";
import { listEntries } from "./list-entries";
import { listLists } from "./list-lists";
import { uploadList } from "./upload-list";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

const wholePage = listEntriesQuerySchema.parse({});

async function newList(key: string, text?: string) {
  await createList(world.as("author"), { key, name: `List ${key}`, description: "" });
  if (text !== undefined) await upload(key, 0, text);
}

function upload(key: string, basedOn: number, text: string, mode: UploadMode = "replace") {
  return uploadList(world.as("author"), { key, mode, basedOn, text });
}

async function idsOf(key: string, version?: number) {
  const { items } = await listEntries(world.as("support"), {
    ...wholePage,
    key,
    ...(version === undefined ? {} : { version }),
  });
  return items.map(({ customerId, expiresAt }) =>
    expiresAt === null ? customerId : `${customerId} until ${expiresAt}`,
  );
}

describe("an upload", () => {
  test("to a new list makes its first version, and each change the next", async () => {
    await newList("plain");
    expect((await upload("plain", 0, "b\na")).list).toMatchObject({ version: 1 });
    expect((await upload("plain", 1, "c\na,2026-12-31T23:59:59Z", "merge")).list).toMatchObject({ version: 2 });
    expect((await upload("plain", 2, "z")).list).toMatchObject({ version: 3 });
    expect(await idsOf("plain")).toEqual(["z"]);
    expect(await idsOf("plain", 2)).toEqual(["a until 2026-12-31T23:59:59.000Z", "b", "c"]);
    expect(await idsOf("plain", 1)).toEqual(["a", "b"]);
    expect(await idsOf("plain", 0)).toEqual([]);
  });

  test("that changes nothing makes no version", async () => {
    await newList("same", "a\nb");
    expect(await upload("same", 1, "b\na")).toMatchObject({ changed: false, list: { version: 1 } });
    expect(await upload("same", 1, "a", "merge")).toMatchObject({ changed: false, list: { version: 1 } });
  });

  test("that was prepared on another version is refused with the one there is", async () => {
    await newList("stale", "a");
    expect(await refusal(upload("stale", 0, "b"))).toBe("conflict stale-list");
    await expect(upload("stale", 5, "b")).rejects.toMatchObject({ detail: { current: 1 } });
  });

  test("of two at once, only one is taken", async () => {
    await newList("race", "a");
    const outcomes = await Promise.all(["b", "c"].map((id) => refusal(upload("race", 1, id))));
    expect(outcomes.sort()).toEqual(["conflict stale-list", "done"]);
    expect(await world.database.db.managedListVersion.count({ where: { listKey: "race" } })).toBe(2);
  });

  test("tells what it could not read, and fails only where nothing is left", async () => {
    await newList("rough");
    expect(await upload("rough", 0, "a\n,x\na\n")).toMatchObject({
      ...{ changed: true, accepted: 1, repeated: 1, rejected: 1 },
      rejects: [{ line: 2, message: "The id is missing." }],
    });
    expect(await refusal(upload("rough", 1, ",x\n"))).toBe("invalid nothing-accepted");
    expect(await refusal(upload("rough", 1, "  \n"))).toBe("invalid nothing-accepted");
  });

  test("as JSON may hold entries that are none, and an empty one empties the list", async () => {
    await newList("json");
    const ctx = world.as("author");
    const entries = [{ customerId: "a", expiresAt: "2026-12-31T23:59:59Z" }, "b", { customerId: 5 }, null, { id: "c" }];
    expect(await uploadList(ctx, { key: "json", mode: "merge", basedOn: 0, entries })).toMatchObject({
      ...{ accepted: 2, rejected: 3 },
      rejects: [{ line: 3 }, { line: 4 }, { line: 5 }],
    });
    await uploadList(ctx, { key: "json", mode: "replace", basedOn: 1, entries: [] });
    expect(await idsOf("json")).toEqual([]);
  });

  test.each([
    ["entries and text", { mode: "merge" as const, basedOn: 0, entries: ["a"], text: "a" }, "invalid-input"],
    ["neither", { mode: "merge" as const, basedOn: 0 }, "invalid-input"],
    ["no mode", { basedOn: 0, text: "a" }, "invalid-input"],
    ["no version that it is based on", { mode: "merge" as const, text: "a" }, "invalid-input"],
    [
      "more customers than a list holds",
      { mode: "merge" as const, basedOn: 0, entries: manyIds(100_001) },
      "too-many-entries",
    ],
    ["lines without end", { mode: "merge" as const, basedOn: 0, text: "a\n".repeat(300_001) }, "too-many-entries"],
  ])("with %s is refused", async (_title, given, reason) => {
    expect(await refusal(uploadList(world.as("author"), { key: "any", ...given }))).toBe(`invalid ${reason}`);
  });

  test("of 100,000 customers is kept, and one more does not fit", async () => {
    await newList("full");
    const ctx = world.as("author");
    await uploadList(ctx, { key: "full", mode: "replace", basedOn: 0, entries: manyIds(100_000) });
    const more = { key: "full", mode: "merge" as const, basedOn: 1, text: "one-more" };
    expect(await refusal(uploadList(ctx, more))).toBe("invalid too-many-entries");
  });
});

function manyIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `customer-${index}`);
}

describe("who may", () => {
  test("only those who write segments make and fill lists", async () => {
    const list = { key: "mine", name: "Mine", description: "" };
    expect(await refusal(createList(world.as("support"), list))).toBe("forbidden missing-permission");
    const given = { key: "plain", mode: "merge" as const, basedOn: 0, text: "a" };
    expect(await refusal(uploadList(world.as("admin"), given))).toBe("forbidden missing-permission");
  });

  test("ids are shown only to those who may look customers up, and sizes in cells to others", async () => {
    await newList("dozen", manyIds(12).join("\n"));
    expect(await refusal(listEntries(world.as("author"), { ...wholePage, key: "dozen" }))).toBe(
      "forbidden missing-permission",
    );
    const told = await getList(world.as("viewer"), { key: "dozen" });
    expect(told).toMatchObject({
      list: { size: 10 },
      versions: [{ size: 10 }],
      difference: { from: 0, to: 1, added: 10 },
    });
    expect(JSON.stringify(told)).not.toContain("customer-1");
    expect((await getList(world.as("support"), { key: "dozen" })).list.size).toBe(12);
  });

  test("an upload that changes nothing is in the audit: it tells its sender who is on the list", async () => {
    await newList("asked", "a\nb");
    await upload("asked", 1, "a", "merge");
    const entries = await world.database.db.auditEntry.findMany({ where: { subjectId: "asked" } });
    expect(entries.at(-1)).toMatchObject({ action: "list.uploaded-unchanged", after: { version: 1, mode: "merge" } });
  });

  test("the audit holds no hash that trying ids would find", async () => {
    await newList("single", "4711");
    const entries = await world.database.db.auditEntry.findMany({ where: { subjectId: "single" } });
    expect(JSON.stringify(entries.map(({ after }) => after))).not.toContain(contentHashOf([{ customerId: "4711" }]));
  });

  test("the audit counts in cells and names nobody", async () => {
    const entries = await world.database.db.auditEntry.findMany({ where: { subjectType: "list", subjectId: "dozen" } });
    expect(entries.map(({ action }) => action)).toEqual(["list.created", "list.uploaded"]);
    expect(entries.at(-1)?.after).toMatchObject({ version: 1, size: 10, mode: "replace", added: 10 });
    expect(JSON.stringify(entries.map(({ after }) => after))).not.toContain("customer-");
  });
});

test("a list tells how two of its versions differ and which segments refer to it", async () => {
  await newList("used", "a\nb");
  await upload("used", 1, "b,2026-12-31T23:59:59Z\nc\nd");
  const rule = { none: [{ list: "used", operator: "listed" }] };
  await createSegment(world.as("author"), { document: documentOf("user", { definition: { rule } }) });
  const { difference, segments, versions } = await getList(world.as("support"), { key: "used", from: 1, to: 2 });
  expect(difference).toEqual({ from: 1, to: 2, added: 2, removed: 1, changed: 1 });
  expect(segments).toEqual([{ key: "user", name: "Segment user", serves: [] }]);
  expect(versions.map(({ number, mode }) => [number, mode])).toEqual([
    [2, "replace"],
    [1, "replace"],
  ]);
  const { items } = await listLists(world.as("viewer"));
  expect(items.find(({ key }) => key === "used")).toMatchObject({ version: 2, segments: 1 });
  expect(await refusal(getList(world.as("support"), { key: "used", to: 3 }))).toBe("not-found not-found");
  expect(await refusal(getList(world.as("support"), { key: "nowhere" }))).toBe("not-found not-found");
});

test("entries come in pages, by the beginning of their ids too", async () => {
  await newList("paged", "a1\na2\nb1\na3");
  const page = { key: "paged", query: "a", page: 2, pageSize: 2 };
  expect(await listEntries(world.as("support"), page)).toEqual({
    ...{ version: 1, total: 3 },
    items: [{ customerId: "a3", expiresAt: null }],
  });
});

test("a key is given once", async () => {
  await newList("once");
  expect(await refusal(newList("once"))).toBe("conflict key-taken");
});
