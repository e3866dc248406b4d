import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestKey, createWorld, type World } from "../../../testing/feed-fixture";
import { onPlan } from "../../../testing/served-world";
import { instancesOfKey, receiptSchema } from "../../receipt";
import { recordReceipt } from "./receipts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  for (const key of ["one", "two", "three"]) await world.release({ key, rule: onPlan });
});
afterAll(() => world.close());

const now = new Date("2026-05-01T00:10:00Z");
const digest = `sha-256=:${"A".repeat(43)}=:`;
const view = { revision: 3, bundles: { tree: { digest } } };

async function aKey() {
  const { key } = await createTestKey(world.ctx, { rights: ["definitions", "receipts"] });
  return { id: key.id, environment: key.environment };
}

function send(key: { id: string; environment: string }, said: object, at = now) {
  const receipt = receiptSchema.parse({ state: "activated", ...said });
  return recordReceipt(world.db, { key, view, receipt, now: at });
}

const kept = (keyId: string) => world.db.consumerReceipt.findMany({ where: { keyId }, orderBy: { instance: "asc" } });

describe("a receipt", () => {
  test("is kept, and answered with how many releases the reader is behind", async () => {
    const key = await aKey();
    expect(await send(key, { revision: 1, instance: "gw-1", client: "steward/1.0" })).toEqual({ behind: 2 });
    expect(await send(key, { revision: 3, instance: "gw-1", digest, client: "steward/1.0" })).toEqual({ behind: 0 });
    expect(await kept(key.id)).toEqual([
      expect.objectContaining({ instance: "gw-1", activated: 3, digest, matches: true, client: "steward/1.0" }),
    ]);
  });

  test("may come twice: since when it serves the revision stays", async () => {
    const key = await aKey();
    await send(key, { revision: 3, digest });
    const later = new Date(now.getTime() + 60_000);
    expect(await send(key, { revision: 3, digest }, later)).toEqual({ behind: 0 });
    expect(await kept(key.id)).toEqual([
      expect.objectContaining({ activatedAt: now, receivedAt: later, matches: true }),
    ]);
  });

  test("says whether the digest is that of what is served, where both speak of the same revision", async () => {
    const key = await aKey();
    await send(key, { revision: 3, instance: "other", digest: digest.replace("A", "B") });
    await send(key, { revision: 2, instance: "earlier", digest });
    await send(key, { revision: 3, instance: "silent" });
    expect((await kept(key.id)).map(({ instance, matches }) => [instance, matches])).toEqual([
      ["earlier", null],
      ["other", false],
      ["silent", null],
    ]);
  });

  test("older than what its instance activated is refused; of another instance it is not", async () => {
    const key = await aKey();
    await send(key, { revision: 3, instance: "quick" });
    await expect(send(key, { revision: 2, instance: "quick" })).rejects.toMatchObject({ code: "older-receipt" });
    expect(await send(key, { revision: 2, instance: "slow" })).toEqual({ behind: 1 });
    expect((await kept(key.id)).map(({ activated }) => activated)).toEqual([3, 2]);
  });

  test("of a refusal is kept beside what is served, and over with what is activated after it", async () => {
    const key = await aKey();
    await send(key, { revision: 2 });
    await send(key, { state: "refused", revision: 3, reason: "unknown operator" });
    await send(key, { revision: 2 });
    expect(await kept(key.id)).toEqual([
      expect.objectContaining({ activated: 2, refused: 3, reason: "unknown operator" }),
    ]);
    await send(key, { revision: 3 });
    expect(await kept(key.id)).toEqual([expect.objectContaining({ activated: 3, refused: null, reason: null })]);
    await send(key, { state: "refused", revision: 1, reason: "older than what is active" });
    expect(await kept(key.id)).toEqual([expect.objectContaining({ activated: 3, refused: 1 })]);
  });

  test("of a revision that there is not yet is refused", async () => {
    await expect(send(await aKey(), { revision: 4 })).rejects.toMatchObject({ code: "future-revision" });
  });

  test("of one instance more than a key may have has the one forgotten that was silent for longest", async () => {
    const key = await aKey();
    const at = (n: number) => new Date(now.getTime() + n);
    await world.db.consumerReceipt.createMany({
      data: Array.from({ length: instancesOfKey }, (_, n) => ({
        ...{ keyId: key.id, instance: `i${n}`, activated: 3, activatedAt: at(n), receivedAt: at(n) },
      })),
    });
    await send(key, { revision: 3, instance: "i0" }, at(instancesOfKey));
    await send(key, { revision: 3, instance: "new" }, at(instancesOfKey + 1));
    const instances = new Set((await kept(key.id)).map(({ instance }) => instance));
    expect(instances.size).toBe(instancesOfKey);
    expect([instances.has("i0"), instances.has("i1"), instances.has("new")]).toEqual([true, false, true]);
  });

  test("that several send at once for one instance ends with the newest", async () => {
    const key = await aKey();
    await Promise.allSettled([1, 3, 2, 3, 1, 2].map((revision) => send(key, { revision })));
    expect(await kept(key.id)).toEqual([expect.objectContaining({ activated: 3 })]);
  });
});
