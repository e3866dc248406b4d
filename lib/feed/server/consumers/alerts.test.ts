import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestKey, createWorld, testActor, type World } from "../../../testing/feed-fixture";
import { onPlan } from "../../../testing/served-world";
import { receiptSchema } from "../../receipt";
import { watchConsumers } from "./alerts";
import { revokeKey } from "./consumer-keys";
import { listConsumers, updateConsumer } from "./consumers";
import { recordReceipt } from "./receipts";

let world: World;
let consumerId: string;
let key: { id: string; environment: string };
/** When the newest revision was released. */
let releasedAt: Date;

beforeAll(async () => {
  world = await createWorld();
  await world.db.team.create({ data: { key: "platform", name: "Platform" } });
  await world.db.person.create({
    data: { id: "of-the-team", email: "t@x.test", name: "Of the team", roles: ["viewer"], teamKey: "platform" },
  });
  await world.db.person.create({ data: { id: "another", email: "o@x.test", name: "Another", roles: ["author"] } });
  await world.db.webhookEndpoint.create({
    data: { url: "https://hooks.example.com/", events: [], secret: "s", createdById: testActor.id },
  });
  await world.release({ key: "one", rule: onPlan });
  await world.release({ key: "two", rule: onPlan });
  const { createdAt } = await world.db.revision.findUniqueOrThrow({
    where: { environmentKey_number: { environmentKey: "production", number: 2 } },
  });
  releasedAt = createdAt;
});
afterAll(() => world.close());

beforeEach(async () => {
  const { key: created } = await createTestKey(world.ctx, { rights: ["definitions", "receipts"] });
  key = { id: created.id, environment: created.environment };
  ({ consumerId } = await world.db.consumerKey.findUniqueOrThrow({ where: { id: key.id } }));
  const given = { name: "Gateway", description: "", format: "tree", delivery: "stream" } as const;
  await updateConsumer(world.ctx, consumerId, { ...given, team: "platform" });
  await world.db.notice.deleteMany();
  await world.db.webhookDelivery.deleteMany();
});

const secondsLater = (passed: number) => new Date(releasedAt.getTime() + passed * 1_000);
const view = { revision: 2, bundles: {} };

function say(receipt: object, at: Date) {
  const said = receiptSchema.parse({ state: "activated", ...receipt });
  return recordReceipt(world.db, { key, view, receipt: said, now: at });
}

const alerts = () => world.db.consumerAlert.findMany({ where: { consumerId }, orderBy: { raisedAt: "asc" } });

/** Kinds by person. */
async function told() {
  const notices = await world.db.notice.findMany({ orderBy: [{ createdAt: "asc" }, { personId: "asc" }] });
  return notices.map(({ personId, kind }) => [personId, kind]);
}

describe("a consumer that is behind", () => {
  test("is told of once it is so for longer than its target, once, and again when it has caught up", async () => {
    await say({ revision: 1 }, secondsLater(0));
    await watchConsumers(world.db, secondsLater(5));
    expect(await alerts()).toEqual([]);
    await Promise.all([watchConsumers(world.db, secondsLater(6)), watchConsumers(world.db, secondsLater(6))]);
    await watchConsumers(world.db, secondsLater(60));
    expect(await alerts()).toEqual([
      expect.objectContaining({ kind: "behind", revision: 2, detail: "It lacks 1 release.", endedAt: null }),
    ]);
    const people = [testActor.id, "of-the-team"];
    expect(await told()).toEqual(people.map((id) => [id, "consumer.behind"]));
    await say({ revision: 2 }, secondsLater(290));
    await watchConsumers(world.db, secondsLater(306));
    expect(await alerts()).toEqual([expect.objectContaining({ endedAt: secondsLater(306) })]);
    expect((await told()).slice(2)).toEqual(people.map((id) => [id, "consumer.recovered"]));
    const deliveries = await world.db.webhookDelivery.findMany({ orderBy: { createdAt: "asc" } });
    expect(deliveries.map(({ event }) => event)).toEqual(["consumer.behind", "consumer.recovered"]);
  });

  test("whose key is revoked is forgotten without a word of recovery", async () => {
    await say({ revision: 1 }, secondsLater(0));
    await watchConsumers(world.db, secondsLater(6));
    await revokeKey(world.ctx, key.id);
    await watchConsumers(world.db, secondsLater(306));
    expect(await alerts()).toEqual([expect.objectContaining({ endedAt: secondsLater(306) })]);
    expect((await told()).map(([, kind]) => kind)).not.toContain("consumer.recovered");
  });

  test("that never pulled is no news", async () => {
    await watchConsumers(world.db, secondsLater(3_600));
    expect(await alerts()).toEqual([]);
  });
});

describe("a consumer that refuses a revision", () => {
  const reason = "it names customer c-4711";

  test("is told of at once, once, without its words, and no more when it has taken it", async () => {
    await say({ revision: 1, instance: "a" }, secondsLater(0));
    await say({ state: "refused", revision: 2, reason, instance: "a" }, secondsLater(1));
    await say({ state: "refused", revision: 2, reason, instance: "b" }, secondsLater(2));
    await watchConsumers(world.db, secondsLater(3));
    expect(await alerts()).toEqual([
      expect.objectContaining({
        kind: "refused",
        revision: 2,
        detail: reason,
        raisedAt: secondsLater(1),
        endedAt: null,
      }),
    ]);
    expect((await told()).map(([, kind]) => kind)).toEqual(["consumer.refused", "consumer.refused"]);
    await say({ revision: 2, instance: "a" }, secondsLater(301));
    expect(await alerts()).toEqual([expect.objectContaining({ endedAt: null })]);
    await say({ revision: 2, instance: "b" }, secondsLater(302));
    expect(await alerts()).toEqual([expect.objectContaining({ endedAt: secondsLater(302) })]);
    const sent = await world.db.webhookDelivery.findMany();
    const notices = await world.db.notice.findMany();
    expect(JSON.stringify([sent, notices])).not.toContain("4711");
  });

  test("and activates in turns is told of once in five minutes", async () => {
    for (let second = 1; second < 300; second += 30) {
      await say({ state: "refused", revision: 2, reason, instance: "a" }, secondsLater(second));
      await say({ revision: 2, instance: "a" }, secondsLater(second + 1));
    }
    expect((await told()).map(([, kind]) => kind)).toEqual(["consumer.refused", "consumer.refused"]);
    await watchConsumers(world.db, secondsLater(301));
    expect(await alerts()).toEqual([expect.objectContaining({ endedAt: secondsLater(301) })]);
  });

  test("many times at once is raised once", async () => {
    const refusals = Array.from({ length: 8 }, (_, n) =>
      say({ state: "refused", revision: 2, reason, instance: `gw-${n}` }, secondsLater(1)),
    );
    await Promise.all(refusals);
    expect(await alerts()).toHaveLength(1);
  });

  test("is listed with it for who may read consumers", async () => {
    await say({ state: "refused", revision: 2, reason, instance: "a" }, secondsLater(1));
    const { items } = await listConsumers({ ...world.ctx, now: secondsLater(2) });
    expect(items.find(({ id }) => id === consumerId)).toMatchObject({
      alerts: [{ environment: "production", kind: "refused", revision: 2, detail: reason }],
      keys: [{ lag: { state: "refused", refusal: { revision: 2, instance: "a", reason } } }],
    });
  });
});
