import { afterAll, beforeAll, expect, test } from "vitest";
import { followMembership } from "../../membership/server/follow-membership";
import { createTestKey, createWorld, type World } from "../../testing/feed-fixture";
import { customerActivitySchema, customerLookupSchema } from "../contract";
import { customerActivity } from "./customer-activity";
import { lookUpCustomer } from "./look-up-customer";
import { mergeCustomers } from "./merge-customers";

const minute = 60_000;
const pro = { attribute: "plan", operator: "equals" as const, value: "pro" };
let world: World;
/** After the releases, whose rows carry the real time. */
let begin: number;

beforeAll(async () => {
  world = await createWorld();
  await world.release({ key: "first", rule: pro, treatments: { pool: "gold" }, precedence: 1 });
  begin = Date.now() + minute;
  await tell(0, { plan: "pro" }, "eu");
  await tell(10, { plan: "free" });
});
afterAll(() => world.close());

/** So many minutes after the beginning something is told of customer "c", and membership follows. */
async function tell(minutes: number, attributes: Record<string, string>, region?: string): Promise<void> {
  const now = begin + minutes * minute;
  const change = { id: "c", attributes, ...(region === undefined ? {} : { region }) };
  await world.engine.ingest({ changes: [change] }, now);
  await followMembership({ db: world.db, engine: world.engine, now: new Date(now) }, { cause: "data" });
}

async function lookUp(asOfMinutes?: number) {
  const ctx = { ...world.ctx, now: new Date(begin + 30 * minute) };
  const asOf = asOfMinutes === undefined ? {} : { asOf: at(asOfMinutes) };
  const found = await lookUpCustomer(ctx, { id: "c", environment: "production", access: null, ...asOf }, world.engine);
  return customerLookupSchema.parse(found);
}

function at(minutes: number): string {
  return new Date(begin + minutes * minute).toISOString();
}

test("as of a past instant a customer is what they were then, by what was released then, and since when", async () => {
  const then = await lookUp(5);
  expect(then).toMatchObject({ asOf: at(5), revision: 2 });
  expect(then.segments).toMatchObject([{ key: "first", since: at(0), reason: { summary: "by rule" } }]);
  expect(then.customer.attributes).toContainEqual(expect.objectContaining({ key: "plan", value: "pro" }));
  expect(then.treatments).toMatchObject([{ name: "pool", value: "gold" }]);
  const now = await lookUp();
  expect(now.segments).toEqual([]);
  expect(now.nearMisses.map(({ key }) => key)).toEqual(["first"]);
  expect(now.customer.attributes).toContainEqual(expect.objectContaining({ key: "plan", value: "free" }));
});

test("before a customer was known there is none", async () => {
  await expect(lookUp(-1)).rejects.toMatchObject({ code: "not-found" });
});

test("the line says when the customer entered and left what, and because of what", async () => {
  const moves = (found: Awaited<ReturnType<typeof lookUp>>) =>
    found.history.map(({ segment, change, at: instant, because }) => [segment, change, instant, because]);
  expect(moves(await lookUp())).toEqual([
    ["first", "left", at(10), "the customer's data changed"],
    ["first", "entered", at(0), "the customer's data changed"],
  ]);
  expect(moves(await lookUp(5))).toEqual(moves(await lookUp()));
});

test("a consumer that is told of members holds what was true when it last pulled, and that is said", async () => {
  const { key } = await createTestKey(world.ctx, { rights: ["members"] });
  const consumers = async () => (await lookUp()).consumers;
  const pulled = (revision: number) =>
    world.db.consumerKey.updateMany({ data: { lastPulledRevision: revision, lastPulledAt: new Date(begin) } });
  expect(await consumers()).toMatchObject([{ pulledRevision: null, activatedRevision: null, holds: "nothing" }]);
  await pulled(2);
  expect(await consumers()).toMatchObject([{ pulledRevision: 2, holds: "earlier" }]);
  await pulled(3);
  expect(await consumers()).toMatchObject([{ pulledRevision: 3, holds: "current" }]);
  const said = {
    keyId: key.id,
    instance: "a",
    activated: 2,
    activatedAt: new Date(begin),
    receivedAt: new Date(begin),
  };
  await world.db.consumerReceipt.create({ data: said });
  expect(await consumers()).toMatchObject([{ pulledRevision: 3, activatedRevision: 2, holds: "earlier" }]);
});

test("a consumer that evaluates the rules itself has all that it needs with the last release", async () => {
  const { key } = await createTestKey(world.ctx, { rights: ["definitions"] });
  const data = { lastPulledRevision: 1, lastPulledAt: new Date(begin) };
  await world.db.consumerKey.update({ where: { id: key.id }, data });
  const { consumers } = await lookUp();
  expect(consumers.find(({ pulledRevision }) => pulledRevision === 1)).toMatchObject({ holds: "current" });
});

test("what a customer said stands with its proof, and each of these looks is recorded", async () => {
  const statement = {
    customerId: "c",
    purpose: "marketing",
    state: "granted",
    at: begin,
    source: "web",
    text: "v2",
  } as const;
  await world.engine.ingest({ consents: [statement] }, begin);
  const activity = customerActivitySchema.parse(
    await customerActivity(world.ctx, { id: "c", access: null }, world.engine),
  );
  expect(activity.consents).toMatchObject([{ name: "Marketing", state: "granted", source: "web", text: "v2" }]);
  const entry = await world.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: "desc" } });
  expect(entry).toMatchObject({ action: "customer.looked-up", after: { part: "activity" } });
});

test("who was merged is shown as who they are now", async () => {
  await world.engine.upsert([{ id: "old", region: "eu", consents: [], objections: [], attributes: {} }]);
  const following = { engine: world.engine, touch: () => undefined };
  await mergeCustomers(world.ctx, { from: "old", into: "c", reason: "The same person." }, following);
  const input = { id: "old", environment: "production", access: null };
  expect((await lookUpCustomer(world.ctx, input, world.engine)).customer.id).toBe("c");
});
