import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../../access/actor";
import type { Context } from "../../server/context";
import { createTestDatabase, type TestDatabase } from "../../testing/database";
import { customerSubject } from "./customer-subject";
import { listAudit } from "./list-audit";
import { recordAudit } from "./record";
import { verifyAudit } from "./verify-audit";

let database: TestDatabase;
const actor: Actor = { id: "p1", email: "a@x.test", name: "Ada", team: null, roles: ["admin"], via: "session" };

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function context(on = database): Context {
  return { actor, db: on.db, now: new Date("2026-03-04T05:06:07.890Z") };
}

function append(ctx: Context, action: string, after: unknown = { n: 1.5, text: "é😀", none: null }) {
  return ctx.db.$transaction((tx) => recordAudit(tx, ctx, { action, subject: { type: "segment", id: action }, after }));
}

test("an empty record verifies", async () => {
  const fresh = await createTestDatabase();
  expect(await verifyAudit(fresh.db)).toMatchObject({ ok: true, entries: 0, brokenAt: null });
});

test("concurrent appends make one chain without gaps, from the first entry on", async () => {
  const fresh = await createTestDatabase();
  await Promise.all(Array.from({ length: 200 }, (_, n) => append(context(fresh), `segment.n${n}`)));
  expect(await verifyAudit(fresh.db)).toMatchObject({ ok: true, entries: 200 });
});

test.each([
  ["a name cut through a character", { id: "x", name: "file \ud83d" }, {}],
  ["a name with NUL", { id: "x\0", name: "a\0b" }, {}],
  ["a field named with what cannot be stored", { id: "x" }, { "a\0\ud83d": 1, safe: 2 }],
])("%s is recorded as it can be stored, and the chain holds", async (_, subject, after) => {
  const fresh = await createTestDatabase();
  const ctx = context(fresh);
  const entry = { action: "import.started", subject: { type: "import", ...subject }, after };
  await ctx.db.$transaction((tx) => recordAudit(tx, ctx, entry));
  expect(await verifyAudit(fresh.db)).toMatchObject({ ok: true, entries: 1 });
});

test("what is rolled back leaves no entry and no gap", async () => {
  const ctx = context();
  await append(ctx, "one");
  const failing = ctx.db.$transaction(async (tx) => {
    await recordAudit(tx, ctx, { action: "two", subject: { type: "segment", id: "x" } });
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  await append(ctx, "three");
  expect(await verifyAudit(ctx.db)).toMatchObject({ ok: true, entries: 2 });
});

test.each([
  ["a changed row", `UPDATE "AuditEntry" SET "actorName" = 'Eve' WHERE "sequence" = 3`, 3, /not what was hashed/],
  ["a deleted row", `DELETE FROM "AuditEntry" WHERE "sequence" = 3`, 4, /3 is missing/],
  ["a cut tail", `DELETE FROM "AuditEntry" WHERE "sequence" > 3`, 4, /end is missing/],
  ["a head set back", `UPDATE "AuditHead" SET "sequence" = 3`, 3, /another hash/],
])("%s is found although the triggers were off", async (_, statement, sequence, why) => {
  const fresh = await createTestDatabase();
  for (const n of [1, 2, 3, 4, 5]) await append(context(fresh), `segment.n${n}`);
  await fresh.unprotected((tx) => tx.$executeRawUnsafe(statement));
  const verified = await verifyAudit(fresh.db);
  expect(verified.ok).toBe(false);
  expect(verified.brokenAt).toEqual({ sequence, why: expect.stringMatching(why) });
});

test("the list filters, pages newest first, and finds a customer by the plain id", async () => {
  const fresh = await createTestDatabase();
  const ctx = context(fresh);
  await append(ctx, "segment.created");
  await append(ctx, "segment.killed");
  const id = await customerSubject(ctx.db, "4711");
  await ctx.db.$transaction((tx) =>
    recordAudit(tx, ctx, { action: "customer.looked-up", subject: { type: "customer", id } }),
  );
  const all = await listAudit(ctx, { limit: 2 });
  expect(all.total).toBe(3);
  expect(all.items.map((item) => item.sequence)).toEqual([3, 2]);
  expect((await listAudit(ctx, { limit: 10, before: 2 })).items.map((item) => item.sequence)).toEqual([1]);
  expect((await listAudit(ctx, { limit: 10, action: "segment." })).total).toBe(2);
  expect((await listAudit(ctx, { limit: 10, actor: "ada" })).total).toBe(3);
  expect((await listAudit(ctx, { limit: 10, subject: "customer:4711" })).items).toHaveLength(1);
  expect(JSON.stringify(all.items)).not.toContain("4711");
});

test("who lacks the right is refused", async () => {
  const ctx = { ...context(), actor: { ...actor, roles: ["viewer"] as const } };
  await expect(listAudit(ctx, { limit: 1 })).rejects.toMatchObject({ code: "forbidden" });
});
