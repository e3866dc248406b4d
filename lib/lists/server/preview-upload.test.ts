import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "../../access/permissions";
import { createWorld, testActor, type World } from "../../testing/feed-fixture";
import { createList } from "./create-list";
import { exportList } from "./export-list";
import { previewUpload } from "./preview-upload";
import { uploadList } from "./upload-list";

let world: World;
const key = "press";
const ids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ customerId: `c${String(from + index).padStart(3, "0")}` }));

beforeAll(async () => {
  world = await createWorld();
  await createList(as("author"), { key, name: "Press", description: "" });
  await uploadList(as("author"), { key, mode: "merge", basedOn: 0, entries: ids(0, 40) });
});
afterAll(() => world.close());

function as(...roles: Role[]) {
  return { ...world.ctx, actor: { ...testActor, roles } };
}

test("a preview says who would come, go and stay, and stores nothing", async () => {
  const entries = [...ids(30, 50).map((entry) => ({ ...entry, expiresAt: "2027-01-01T00:00:00Z" })), ...ids(20, 30)];
  const both = as("author", "support");
  expect(await previewUpload(both, { key, mode: "replace", entries })).toEqual({
    ...{ from: 1, added: 10, removed: 20, kept: 20, changed: 10, size: 30 },
  });
  expect(await previewUpload(both, { key, mode: "merge", entries })).toEqual({
    ...{ from: 1, added: 10, removed: 0, kept: 40, changed: 10, size: 50 },
  });
  expect(await world.db.managedListVersion.count()).toBe(1);
});

test("a preview tells no small number to who may not look customers up, and nothing to who may not upload", async () => {
  const entries = ids(39, 42);
  expect(await previewUpload(as("author"), { key, mode: "merge", entries })).toMatchObject({ added: 0, kept: 40 });
  await expect(previewUpload(as("viewer"), { key, mode: "merge", entries })).rejects.toThrow(/roles/);
});

test("what does not fit is refused alike whether or not a customer is on the list already", async () => {
  const others = Array.from({ length: 99_999 }, (_, index) => ({ customerId: `other-${index}` }));
  const [onList, notOnList] = await Promise.all(
    ["c000", "nobody"].map((customerId) =>
      previewUpload(as("author"), { key, mode: "merge", entries: [...others, { customerId }] }).catch(String),
    ),
  );
  expect(onList).toContain("at most 100,000");
  expect(onList).toBe(notOnList);
});

test("a version leaves as a file for who may look customers up, and that it left is recorded", async () => {
  const answer = await exportList(as("support"), { key });
  expect(answer.headers.get("content-disposition")).toContain("press-v1.csv");
  expect((await answer.text()).split("\n").slice(0, 2)).toEqual(["id,expires_at", '"c000",']);
  const last = await world.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: "desc" } });
  expect(last).toMatchObject({ action: "list.exported", subjectId: key, after: { version: 1, size: 40 } });
  await expect(exportList(as("author"), { key })).rejects.toThrow(/roles/);
});
