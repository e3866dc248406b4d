import { appendFile, mkdtemp, readdir, readFile, rename, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Actor } from "../../access/actor";
import { openSigningKeys, type SigningKeys } from "../../server/signing-key";
import { createTestDatabase, type TestDatabase } from "../../testing/database";
import { checkpointIn } from "../checkpoint";
import { keepCheckpoints } from "./keep-checkpoints";
import { recordAudit } from "./record";
import { verifyAudit } from "./verify-audit";
import { CheckpointConflict, writeCheckpoint } from "./write-checkpoint";

const actor: Actor = { id: "p1", email: "a@x.test", name: "Ada", team: null, roles: ["admin"], via: "session" };
const today = new Date("2026-03-04T23:59:59.000Z");
const tomorrow = new Date("2026-03-05T00:00:01.000Z");
let home: string;
let folder: string;
let keys: SigningKeys;
let database: TestDatabase;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "steward-witness-"));
  keys = await openSigningKeys(home);
});
afterAll(() => rm(home, { recursive: true }));
beforeEach(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(home, "checkpoints-"));
});

function append(): Promise<void> {
  const entry = { action: "segment.saved", subject: { type: "segment", id: "s1" } };
  return database.db.$transaction((tx) => recordAudit(tx, { actor, now: today }, entry));
}

const write = (now = today) => writeCheckpoint({ db: database.db, folder, keys }, now);
const verify = () => verifyAudit(database.db, { folder, keys });
const lines = async (day: string) =>
  (await readFile(join(folder, `${day}.ndjson`), "utf8")).split("\n").filter(Boolean);

test("a checkpoint is written where the chain has grown, and no second one where it has not", async () => {
  expect(await write()).toBe(false);
  await append();
  expect([await write(), await write()]).toEqual([true, false]);
  const [line = ""] = await lines("2026-03-04");
  expect(checkpointIn(line)).toMatchObject({ sequence: 1, previous: "0".repeat(64), keyId: keys.keyId });
});

test("each day has a file, chained to the one before; a clock that goes back begins no earlier one", async () => {
  for (const at of [today, tomorrow, today]) {
    await append();
    await write(at);
  }
  expect(await readdir(folder)).toEqual(["2026-03-04.ndjson", "2026-03-05.ndjson"]);
  expect(await lines("2026-03-05")).toHaveLength(2);
  expect(await verify()).toMatchObject({ ok: true, checkpoints: { count: 3, last: { sequence: 3 } } });
});

test("of several that write at once, one does", async () => {
  await append();
  const written = await Promise.all([write(), write(), write()]);
  expect(written.filter(Boolean)).toHaveLength(1);
  expect(await verify()).toMatchObject({ ok: true, checkpoints: { count: 1 } });
});

test("a line that a crash cut off is passed over and told", async () => {
  await append();
  await write();
  await append();
  await appendFile(join(folder, "2026-03-04.ndjson"), '{"sequence":2,"hash":"ab');
  expect(await verify()).toMatchObject({ ok: true, checkpoints: { count: 1, torn: 1 } });
  await write();
  expect(await verify()).toMatchObject({ ok: true, checkpoints: { count: 2, torn: 1, last: { sequence: 2 } } });
});

test("a line that was whole but for its end counts, and the next one begins a line of its own", async () => {
  await append();
  await write();
  const file = join(folder, "2026-03-04.ndjson");
  await truncate(file, (await readFile(file)).length - 1);
  await append();
  await write();
  expect(await verify()).toMatchObject({ ok: true, checkpoints: { count: 2, torn: 0 } });
});

test("a crash between the file and the database leaves both sound", async () => {
  await append();
  await write();
  await append();
  await write();
  await database.unprotected((tx) => tx.setting.deleteMany({ where: { key: "audit.checkpoint" } }));
  expect(await verify()).toMatchObject({ ok: true });
});

test("nothing is signed over checkpoints of another chain, as after a restore", async () => {
  await append();
  await append();
  await write();
  await database.unprotected(async (tx) => {
    await tx.auditEntry.deleteMany({ where: { sequence: 2 } });
    const { hash } = await tx.auditEntry.findUniqueOrThrow({ where: { sequence: 1 } });
    await tx.auditHead.update({ where: { id: 1 }, data: { sequence: 1, hash } });
  });
  await expect(write(tomorrow)).rejects.toThrow(CheckpointConflict);
  expect(await verify()).toMatchObject({
    ok: false,
    brokenAt: { sequence: 2, why: expect.stringMatching(/its end was cut off/) },
  });
});

test("a retired key still verifies what it signed", async () => {
  await append();
  await write();
  await rename(join(home, "signing-key.pem"), join(home, "signing-key.2026.pem"));
  keys = await openSigningKeys(home);
  await append();
  await write(tomorrow);
  expect(keys.jwks.keys).toHaveLength(2);
  expect(await verify()).toMatchObject({ ok: true, checkpoints: { count: 2 } });
});

test("whoever keeps checkpoints writes one soon after an entry, and a last one when it is closed", async () => {
  const keeper = keepCheckpoints({ db: database.db, folder, keys });
  await append();
  await vi.waitFor(async () => expect((await verify()).checkpoints?.count).toBe(1), { timeout: 20_000, interval: 100 });
  await append();
  await keeper.close();
  expect((await verify()).checkpoints).toMatchObject({ last: { sequence: 2 } });
});
