import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { verifyAudit } from "../../../audit/server/verify-audit";
import { decideChange } from "../../../changes/server/decide-change";
import { proposeTransfer } from "../../../changes/server/transfers";
import type { Context } from "../../../server/context";
import { serveFeed, testActor, type World } from "../../../testing/feed-fixture";
import { refusal } from "../../../testing/governance";
import { consumerOf, createServedWorld } from "../../../testing/served-world";
import { createKey } from "../consumers/consumer-keys";
import { createConsumer, listConsumers, updateConsumer } from "../consumers/consumers";

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let consumer: ReturnType<typeof consumerOf>;
let second: Context;

beforeAll(async () => {
  world = await createServedWorld();
  feed = await serveFeed(world);
  consumer = consumerOf(feed);
  second = { ...world.ctx, actor: { ...testActor, id: "second", email: "second@x.test", name: "Second" } };
  await world.db.person.create({
    data: { id: "second", email: "second@x.test", name: "Second", roles: ["admin"] },
  });
});
afterAll(async () => {
  await feed.close();
  expect(await verifyAudit(world.db)).toMatchObject({ ok: true });
  await world.close();
});

async function decided(from: string, to: string, allowed: boolean): Promise<void> {
  const { change } = await proposeTransfer(world.ctx, {
    ...{ from, to, allowed, ground: "adequacy", note: "", reason: "Decided by the commission." },
  });
  await decideChange(second, { id: change.id, seen: change.seen, decision: "apply", comment: "" }, world.engine);
}

const input = { name: "Gateway", description: "", format: "tree" } as const;
const scope = { environment: "production", purposes: ["billing", "marketing"] };
const keyFor = (id: string, regions: string[]) =>
  createKey(world.ctx, id, { ...scope, rights: ["definitions", "customers"], regions });

describe("a consumer that runs in a region", () => {
  test("gets a key for its own region, and for another only while a rule lets its data go there", async () => {
    await createConsumer(world.ctx, { ...input, key: "in-us", location: "us" });
    expect(await refusal(keyFor("in-us", ["us", "eu"]))).toBe("conflict transfer-not-allowed");
    await decided("us", "eu", true);
    expect(await refusal(keyFor("in-us", ["us", "eu"]))).toBe("conflict transfer-not-allowed");
    await decided("eu", "us", true);
    const { secret, key } = await keyFor("in-us", ["us", "eu"]);
    expect(key.regionsNotServed).toEqual([]);
    expect((await consumer.bundleOf(secret)).text).toContain("eu-1");
    expect((await consumer.pull("production/customers/eu-1", secret)).status).toBe(200);
  });

  test("is served nothing of a region as soon as its rule is gone, and the list says which", async () => {
    const { secret, key } = await keyFor("in-us", ["us", "eu"]);
    expect((await consumer.bundleOf(secret)).text).toContain("eu-1");
    await decided("eu", "us", false);
    await vi.waitFor(async () => expect((await consumer.bundleOf(secret)).text).not.toMatch(/"eu"|eu-1/), 6_000);
    expect((await consumer.pull("production/customers/eu-1", secret)).status).toBe(404);
    expect((await consumer.pull("production/customers/us-1", secret)).status).toBe(200);
    const { items } = await listConsumers(world.ctx);
    const listed = items.flatMap(({ keys }) => keys).find(({ id }) => id === key.id);
    expect(listed).toMatchObject({ regions: ["us", "eu"], regionsNotServed: ["eu"] });
  });

  test("does not move where its keys may send nothing, nor back to nowhere", async () => {
    const change = { name: "Gateway", description: "", team: null, format: "tree" } as const;
    await createConsumer(world.ctx, { ...input, key: "mover" });
    const { secret } = await keyFor("mover", ["eu"]);
    expect(await refusal(updateConsumer(world.ctx, "mover", { ...change, location: "us" }))).toBe(
      "conflict transfer-not-allowed",
    );
    expect((await consumer.bundleOf(secret)).text).toContain("eu-1");
    await updateConsumer(world.ctx, "mover", { ...change, location: "eu" });
    expect(await refusal(updateConsumer(world.ctx, "mover", { ...change, location: null }))).toBe(
      "conflict location-stays",
    );
    expect(await refusal(updateConsumer(world.ctx, "mover", { ...change, location: "mars" }))).toBe(
      "invalid unknown-region",
    );
  });
});

test.each(["eu", "eu>eu", "eu>mars", "eu>us>uk"])("no transfer is %s", async (name) => {
  const [from = "", to = ""] = name.split(">");
  const given = { from, to: name.split(">").slice(1).join(">") || to, allowed: true, ground: "clauses", note: "" };
  expect(await refusal(proposeTransfer(world.ctx, { ...given, ground: "clauses", reason: "x" }))).toBe(
    "invalid unknown-region",
  );
});
