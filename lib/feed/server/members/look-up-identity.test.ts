import { afterAll, beforeAll, expect, test } from "vitest";
import { linkIdentity } from "../../../customers/server/identities";
import { createTestKey, createWorld, serveFeed, type World } from "../../../testing/feed-fixture";

let world: World;
let feed: Awaited<ReturnType<typeof serveFeed>>;
let secret: string;

beforeAll(async () => {
  world = await createWorld();
  await world.engine.upsert([
    { id: "c", region: "eu", consents: [], objections: [], attributes: { plan: "pro" } },
    { id: "elsewhere", region: "uk", consents: [], objections: [], attributes: { plan: "pro" } },
  ]);
  await world.release({ key: "pro", rule: { attribute: "plan", operator: "equals", value: "pro" } });
  await linkIdentity(
    world.ctx,
    { customerId: "c", namespace: "email", value: "zoe@x.test", reason: "known" },
    world.engine,
  );
  await linkIdentity(
    world.ctx,
    { customerId: "elsewhere", namespace: "device", value: "d-1", reason: "known" },
    world.engine,
  );
  secret = (await createTestKey(world.ctx)).secret;
  feed = await serveFeed(world);
});
afterAll(async () => {
  await feed.close();
  await world.close();
});

async function ask(path: string) {
  const headers = { authorization: `Bearer ${secret}` };
  const response = await fetch(`${feed.url}/production/customers/${path}`, { headers });
  return { status: response.status, body: (await response.json()) as { customer?: { id: string }; code?: string } };
}

test("a help desk finds a customer by what names them there", async () => {
  const found = await ask("Zoe%40X.test?namespace=email");
  expect(found).toMatchObject({ status: 200, body: { customer: { id: "c" }, segments: [{ key: "pro" }] } });
});

test("who resides elsewhere is not found by an identity either, and a namespace that there is not is said to be so", async () => {
  expect(await ask("d-1?namespace=device")).toMatchObject({ status: 404, body: { code: "not-found" } });
  expect(await ask("d-2?namespace=device")).toMatchObject({ status: 404, body: { code: "not-found" } });
  expect(await ask("x?namespace=mail")).toMatchObject({ status: 400, body: { code: "unknown-namespace" } });
});

test("who was merged is found as who they are now", async () => {
  await world.engine.upsert([{ id: "old", region: "eu", consents: [], objections: [], attributes: {} }]);
  await world.engine.merge({ from: "old", into: "c" }, Date.now());
  expect((await ask("old")).body.customer).toEqual({ id: "c" });
});
