import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestKey } from "../../../testing/feed-fixture";
import { actorNamed, createGovernance, type Governance, refusal, testNow } from "../../../testing/governance";
import { createKeyring } from "../door/keyring";
import { revokeKey } from "./consumer-keys";
import { listConsumers } from "./consumers";
import { retireKeys } from "./retire-keys";
import { rotateKey } from "./rotate-key";

const scope = { environment: "production", regions: ["eu"], purposes: ["service"] };
const hourMs = 3_600_000;

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(() => world.close());

const later = (hours: number) => new Date(testNow.getTime() + hours * hourMs);

describe("a key that is rotated", () => {
  test("is good beside the new one until the overlap ends, then only the new one is", async () => {
    const { key: old, secret: before } = await createTestKey(world.as("operator"), scope);
    const { key, secret } = await rotateKey(world.as("operator"), old.id, { overlapHours: 24 });
    expect(key).toMatchObject({ ...scope, rights: old.rights, replaces: old.id, expiresAt: null });
    let now = testNow.getTime();
    const keyring = await createKeyring(world.database.db, () => now);
    const found = async (given: string) => (await keyring.find(`Bearer ${given}`))?.id ?? null;
    expect([await found(before), await found(secret)]).toEqual([old.id, key.id]);
    now = later(24).getTime() - 1;
    expect([await found(before), await found(secret)]).toEqual([old.id, key.id]);
    now = later(24).getTime();
    expect([await found(before), await found(secret)]).toEqual([null, key.id]);
  });

  test("without an overlap ends at once", async () => {
    const { key: old, secret: before } = await createTestKey(world.as("operator"), scope);
    await rotateKey(world.as("operator"), old.id, { overlapHours: 0 });
    const keyring = await createKeyring(world.database.db, () => testNow.getTime());
    expect(await keyring.find(`Bearer ${before}`)).toBeNull();
  });

  test("is recorded with both, and with nothing of either secret", async () => {
    const { key: old } = await createTestKey(world.as("operator"), scope);
    const { key, secret } = await rotateKey(world.as("operator"), old.id, { overlapHours: 2 });
    const entry = await world.database.db.auditEntry.findFirstOrThrow({
      where: { action: "key.rotated", subjectId: key.id },
    });
    expect(entry).toMatchObject({
      before: { hint: old.hint },
      after: { environment: "production", hint: key.hint, oldExpiresAt: later(2).toISOString() },
    });
    expect(JSON.stringify([entry.before, entry.after])).not.toContain(secret.slice(12));
  });

  test("needs the right, is known, and is good still", async () => {
    const { key } = await createTestKey(world.as("operator"), scope);
    const overlap = { overlapHours: 1 };
    expect(await refusal(rotateKey(world.as("author"), key.id, overlap))).toBe("forbidden missing-permission");
    expect(await refusal(rotateKey(world.as("operator"), "nothing", overlap))).toBe("not-found not-found");
    await revokeKey(world.as("operator"), key.id);
    expect(await refusal(rotateKey(world.as("operator"), key.id, overlap))).toBe("conflict key-ended");
  });

  test("is put in the place of once, however many ask at the same time", async () => {
    const { key } = await createTestKey(world.as("operator"), scope);
    const ask = () => refusal(rotateKey(world.as("operator"), key.id, { overlapHours: 1 }));
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.toSorted()).toEqual(["conflict already-rotated", "conflict already-rotated", "done"]);
    expect(await world.database.db.consumerKey.count({ where: { rotatedFromId: key.id } })).toBe(1);
  });
});

test("a key whose time is over counts as revoked, with one record by nobody in particular", async () => {
  const { key: old } = await createTestKey(world.as("operator"), scope);
  await rotateKey(world.as("operator"), old.id, { overlapHours: 3 });
  const { db } = world.database;
  const stateOf = async () => db.consumerKey.findUnique({ where: { id: old.id }, select: { revokedAt: true } });
  await retireKeys(db, new Date(later(3).getTime() - 1));
  expect(await stateOf()).toEqual({ revokedAt: null });
  await Promise.all([retireKeys(db, later(4)), retireKeys(db, later(4))]);
  expect(await stateOf()).toEqual({ revokedAt: later(3) });
  const entries = await db.auditEntry.findMany({ where: { action: "key.expired", subjectId: old.id } });
  expect(entries).toEqual([expect.objectContaining({ actorName: "Steward", via: "system" })]);
});

test("a key that another took the place of does not lag once that one has pulled", async () => {
  const { db } = world.database;
  const { key: old } = await createTestKey(world.as("operator"), scope);
  const { key } = await rotateKey(world.as("operator"), old.id, { overlapHours: 24 });
  const lags = async () => {
    const { items } = await listConsumers({ db, actor: actorNamed("viewer"), now: later(1) });
    const keys = items.flatMap((consumer) => consumer.keys);
    return [old.id, key.id].map((id) => keys.find((each) => each.id === id)?.lag?.state ?? null);
  };
  expect(await lags()).toEqual(["unused", "unused"]);
  await db.consumerKey.update({ where: { id: key.id }, data: { lastPulledAt: testNow, lastPulledRevision: 1 } });
  expect(await lags()).toEqual([null, "current"]);
});
