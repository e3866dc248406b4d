import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../../access/actor";
import type { Context } from "../../server/context";
import { fillAudit } from "../../testing/audit-chain";
import { createTestDatabase, type TestDatabase } from "../../testing/database";
import { genesisHash, linkFault } from "../chain";
import { auditEntrySchema } from "../contract";
import { exportAudit } from "./export-audit";

const entries = 1_100;
const actor: Actor = { id: "p1", email: "a@x.test", name: "Ada", team: null, roles: ["admin"], via: "session" };
let database: TestDatabase;
let ctx: Context;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = { actor, db: database.db, now: new Date("2026-03-04T05:06:07.890Z") };
  await database.unprotected((tx) => fillAudit(tx, entries));
});
afterAll(() => database.drop());

test("JSON by line holds every entry, oldest first, so that whoever has it can check the chain", async () => {
  const response = await exportAudit(ctx, { format: "ndjson" });
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="audit-2026-03-04.ndjson"');
  const lines = (await response.text()).trimEnd().split("\n");
  expect(lines).toHaveLength(entries);
  let previous = { sequence: 0, hash: genesisHash };
  for (const line of lines) {
    const { actor: by, subject, ...entry } = auditEntrySchema.parse(JSON.parse(line));
    const stored = {
      ...{ ...entry, before: entry.before, after: entry.after, actorId: by.id, actorName: by.name },
      ...{ subjectType: subject.type, subjectId: subject.id, subjectName: subject.name },
    };
    expect(linkFault(previous, stored)).toBeNull();
    previous = stored;
  }
});

test("CSV holds what the filters leave", async () => {
  const response = await exportAudit(ctx, { format: "csv", subject: "segment:segment-7", after: 10 });
  const lines = (await response.text()).trimEnd().split("\n");
  expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(["307", "607", "907"]);
});

test("that it was taken is recorded, with what was asked for", async () => {
  await exportAudit(ctx, { format: "csv", actor: "ada" });
  const newest = await database.db.auditEntry.findFirst({ orderBy: { sequence: "desc" } });
  expect(newest).toMatchObject({ action: "audit.exported", after: { format: "csv", actor: "ada" } });
});

test("who may not read the audit is refused", async () => {
  const viewer = { ...ctx, actor: { ...actor, roles: ["viewer"] as const } };
  await expect(exportAudit(viewer, { format: "csv" })).rejects.toMatchObject({ code: "forbidden" });
});
