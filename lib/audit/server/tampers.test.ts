import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../../access/actor";
import type { Transaction } from "../../server/database";
import { openSigningKeys, type SigningKeys } from "../../server/signing-key";
import { createTestDatabase, type TestDatabase } from "../../testing/database";
import { entryHash, genesisHash } from "../chain";
import { checkpointIn, signedText } from "../checkpoint";
import type { AuditVerification } from "../contract";
import { recordAudit } from "./record";
import { stored, verifyAudit } from "./verify-audit";
import { writeCheckpoint } from "./write-checkpoint";

const entries = 200;
const perCheckpoint = 50;
const now = new Date("2026-03-04T05:06:07.890Z");
const actor: Actor = { id: "p1", email: "a@x.test", name: "Ada", team: null, roles: ["admin"], via: "session" };

let database: TestDatabase;
let home: string;
let folder: string;
let keys: SigningKeys;

beforeAll(async () => {
  database = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), "steward-checkpoints-"));
  folder = join(home, "checkpoints");
  keys = await openSigningKeys(home);
  const { db } = database;
  for (let written = 0; written < entries; written += perCheckpoint) {
    // A day later each time, so that there are several files.
    const at = new Date(now.getTime() + (written / perCheckpoint) * 43_200_000);
    await db.$transaction(async (tx) => {
      for (let n = written; n < written + perCheckpoint; n++) {
        const subject = { type: "segment", id: `s${n % 7}`, name: `Segment ${n % 7}` };
        await recordAudit(
          tx,
          { actor, now: at },
          { action: "segment.saved", subject, before: { n }, after: { n: n + 1 } },
        );
      }
    });
    await writeCheckpoint({ db, folder, keys }, at);
  }
});
afterAll(async () => {
  await database.drop();
  await rm(home, { recursive: true });
});

class RolledBack extends Error {}

/** What is found when the owner, with the triggers off, has done this; it is undone afterwards. */
async function foundAfter(tamper: (tx: Transaction) => Promise<unknown>): Promise<AuditVerification> {
  let found: AuditVerification | undefined;
  const run = database.unprotected(async (tx) => {
    await tamper(tx);
    found = await verifyAudit(tx, { folder, keys });
    throw new RolledBack();
  });
  await run.catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
  if (!found) throw new Error("Nothing was verified.");
  return found;
}

/** Hashes everything from there on anew, as somebody does who knows how, and moves the head. */
async function computeAnew(tx: Transaction, from: number): Promise<void> {
  const rows = (
    await tx.auditEntry.findMany({ where: { sequence: { gte: from - 1 } }, orderBy: { sequence: "asc" } })
  ).map(stored);
  let previous = rows[0] && rows[0].sequence < from ? rows[0].hash : genesisHash;
  const rehashed = rows
    .filter(({ sequence }) => sequence >= from)
    .map((entry) => {
      const link = { sequence: entry.sequence, previousHash: previous, hash: entryHash(previous, entry) };
      previous = link.hash;
      return link;
    });
  await tx.$executeRaw`
    UPDATE "AuditEntry" e SET "previousHash" = v."previousHash", "hash" = v."hash"
    FROM jsonb_to_recordset(${JSON.stringify(rehashed)}::jsonb) AS v("sequence" bigint, "previousHash" text, "hash" text)
    WHERE e."sequence" = v."sequence"`;
  await moveHead(tx, rows.at(-1)?.sequence ?? 0);
}

function moveHead(tx: Transaction, sequence: number) {
  return tx.$executeRaw`
    UPDATE "AuditHead" SET "sequence" = e."sequence", "hash" = e."hash"
    FROM "AuditEntry" e WHERE e."sequence" = ${sequence}`;
}

/** Makes room for an entry, or closes the gap of one that is gone. */
async function shift(tx: Transaction, from: number, by: 1 | -1): Promise<void> {
  await tx.$executeRaw`UPDATE "AuditEntry" SET "sequence" = -"sequence" WHERE "sequence" >= ${from}`;
  await tx.$executeRaw`UPDATE "AuditEntry" SET "sequence" = -"sequence" + ${by} WHERE "sequence" < 0`;
}

async function insertAt(tx: Transaction, sequence: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "AuditEntry" SELECT (jsonb_populate_record(e, jsonb_build_object('sequence', ${sequence}::bigint,
      'actorName', 'Eve', 'hash', repeat('e', 64)))).* FROM "AuditEntry" e WHERE "sequence" = ${sequence === 1 ? 2 : 1}`;
}

const fields = {
  at: `"at" = "at" + interval '1 millisecond'`,
  actorId: `"actorId" = NULL`,
  actorName: `"actorName" = 'Eve'`,
  via: `"via" = 'token:1'`,
  action: `"action" = 'segment.killed'`,
  subjectType: `"subjectType" = 'version'`,
  subjectId: `"subjectId" = 'other'`,
  subjectName: `"subjectName" = ''`,
  before: `"before" = NULL`,
  after: `"after" = jsonb_set("after", '{n}', '-1')`,
  previousHash: `"previousHash" = repeat('f', 64)`,
  hash: `"hash" = repeat('f', 64)`,
} as const;

const place = fc.integer({ min: 1, max: entries });
const twoPlaces = fc.uniqueArray(place, { minLength: 2, maxLength: 2 });
const field = fc.constantFrom(...(Object.keys(fields) as (keyof typeof fields)[]));

function edit(tx: Transaction, sequence: number, name: keyof typeof fields) {
  return tx.$executeRawUnsafe(`UPDATE "AuditEntry" SET ${fields[name]} WHERE "sequence" = ${sequence}`);
}

function remove(tx: Transaction, sequence: number) {
  return tx.$executeRaw`DELETE FROM "AuditEntry" WHERE "sequence" = ${sequence}`;
}

type Tamper = { readonly what: string; readonly how: (tx: Transaction) => Promise<unknown> };

const tampers: readonly fc.Arbitrary<Tamper>[] = [
  fc.tuple(place, field).map(([n, name]) => ({ what: `edit ${name} of ${n}`, how: (tx) => edit(tx, n, name) })),
  place.map((n) => ({ what: `delete ${n}`, how: (tx) => remove(tx, n) })),
  place.map((n) => ({
    what: `delete ${n} and close the gap`,
    how: async (tx) => {
      await remove(tx, n);
      await shift(tx, n, -1);
      await moveHead(tx, entries - 1);
    },
  })),
  place.map((n) => ({
    what: `insert at ${n}`,
    how: async (tx) => {
      await shift(tx, n, 1);
      await insertAt(tx, n);
      await moveHead(tx, entries + 1);
    },
  })),
  fc.constantFrom(0, entries + 1).map((n) => ({ what: `insert at ${n}`, how: (tx) => insertAt(tx, n) })),
  twoPlaces.map(([a = 1, b = 2]) => ({
    what: `swap ${a} and ${b}`,
    how: async (tx) => {
      await tx.$executeRaw`UPDATE "AuditEntry" SET "sequence" = -"sequence" WHERE "sequence" IN (${a}, ${b})`;
      await tx.$executeRaw`UPDATE "AuditEntry" SET "sequence" = ${a + b} + "sequence" WHERE "sequence" < 0`;
    },
  })),
  place.map((n) => ({
    what: `cut off from ${n}`,
    how: (tx) => tx.$executeRaw`DELETE FROM "AuditEntry" WHERE "sequence" >= ${n}`,
  })),
  place.map((n) => ({
    what: `cut off from ${n} and move the head`,
    how: async (tx) => {
      await tx.$executeRaw`DELETE FROM "AuditEntry" WHERE "sequence" >= ${n}`;
      await tx.$executeRaw`UPDATE "AuditHead" SET "sequence" = 0, "hash" = ${genesisHash}`;
      await moveHead(tx, n - 1);
    },
  })),
  fc.tuple(place, field).map(([n, name]) => ({
    what: `edit ${name} of ${n} and compute all that follow anew`,
    how: async (tx) => {
      await edit(tx, n, name === "hash" || name === "previousHash" ? "actorName" : name);
      await computeAnew(tx, n);
    },
  })),
  place.map((n) => ({
    what: `delete ${n} and compute all that follow anew`,
    how: async (tx) => {
      await remove(tx, n);
      await shift(tx, n, -1);
      await computeAnew(tx, n);
    },
  })),
  fc
    .integer({ min: 1, max: entries - 1 })
    .map((n) => ({ what: `move the head to ${n}`, how: (tx) => moveHead(tx, n) })),
  fc.constant({ what: "delete the head", how: (tx) => tx.$executeRaw`DELETE FROM "AuditHead"` }),
];

test("what nobody tampered with is sound", async () => {
  const found = await verifyAudit(database.db, { folder, keys });
  expect(found).toMatchObject({
    ok: true,
    entries,
    brokenAt: null,
    checkpoints: { count: entries / perCheckpoint, torn: 0, last: { sequence: entries, keyId: keys.keyId } },
  });
});

test("1,000 random tampers by whoever owns the database are found, every one", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(...tampers), async ({ what, how }) => {
      const { ok, brokenAt } = await foundAfter(how);
      expect(ok, what).toBe(false);
      expect(brokenAt, what).not.toBeNull();
    }),
    { numRuns: 1_000 },
  );
}, 180_000);

describe("a tampered checkpoint is found:", () => {
  type Files = readonly { readonly name: string; readonly lines: readonly string[] }[];

  async function foundWith(change: (files: Files) => Files): Promise<AuditVerification> {
    const copy = await mkdtemp(join(home, "copy-"));
    await cp(folder, copy, { recursive: true });
    const names = (await readdir(copy)).sort();
    const files = await Promise.all(
      names.map(async (name) => ({ name, lines: (await readFile(join(copy, name), "utf8")).trimEnd().split("\n") })),
    );
    const changed = change(files);
    for (const name of names) await rm(join(copy, name));
    for (const { name, lines } of changed) await writeFile(join(copy, name), lines.map((line) => `${line}\n`).join(""));
    return verifyAudit(database.db, { folder: copy, keys });
  }

  const withLine = (files: Files, wanted: number, change: (line: string) => string[]): Files => {
    let seen = -1;
    return files.map(({ name, lines }) => ({
      name,
      lines: lines.flatMap((line) => (++seen === wanted ? change(line) : [line])),
    }));
  };
  const resigned = (line: string, change: object) => {
    const checkpoint = checkpointIn(line);
    if (!checkpoint) throw new Error("There is no such line.");
    const changed = { ...checkpoint, ...change };
    return JSON.stringify({ ...changed, signature: keys.sign(signedText(changed)) });
  };
  const each = Array.from({ length: entries / perCheckpoint }, (_, index) => index);

  test.each(each)("line %i without its line", async (index) => {
    expect((await foundWith((files) => withLine(files, index, () => []))).ok).toBe(false);
  });
  test.each(each)("line %i with another hash", async (index) => {
    const change = (line: string) => [line.replace(/"hash":"./, `"hash":"${line.includes('"hash":"0') ? 1 : 0}`)];
    expect((await foundWith((files) => withLine(files, index, change))).ok).toBe(false);
  });
  test.each(each)("line %i damaged", async (index) => {
    const change = (line: string) => [line.slice(0, 40)];
    expect((await foundWith((files) => withLine(files, index, change))).ok).toBe(false);
  });
  test.each(each)("line %i put off by a day and signed anew", async (index) => {
    const change = (line: string) => [resigned(line, { at: "2027-01-01T00:00:00.000Z" })];
    expect((await foundWith((files) => withLine(files, index, change))).ok).toBe(false);
  });
  test.each(["first", "last"] as const)("the %s file gone", async (which) => {
    const { ok } = await foundWith((files) => (which === "first" ? files.slice(1) : files.slice(0, -1)));
    expect(ok).toBe(false);
  });
  test("all files gone, although the database remembers", async () => {
    const { brokenAt } = await foundWith(() => []);
    expect(brokenAt).toEqual({ sequence: entries, why: expect.stringMatching(/remembers/) });
  });
  test("signed by a key of somebody else", async () => {
    const { verifies } = await openSigningKeys(join(home, "other"));
    const { brokenAt } = await verifyAudit(database.db, { folder, keys: { verifies } });
    expect(brokenAt?.why).toMatch(/not signed by a key of this installation/);
  });
});
