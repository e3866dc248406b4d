import { afterAll, beforeAll, expect, test } from "vitest";
import { createMetrics } from "../../../server/metrics";
import { createTestKey, createWorld, type World } from "../../../testing/feed-fixture";
import { onPlan } from "../../../testing/served-world";
import { measureLags } from "./lag-metrics";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  for (const key of ["one", "two"]) await world.release({ key, rule: onPlan });
});
afterAll(() => world.close());

test("says for each key that has pulled for how long its readers lack a release", async () => {
  const [late, current, unused] = [
    await createTestKey(world.ctx),
    await createTestKey(world.ctx),
    await createTestKey(world.ctx),
  ];
  const pulled = (id: string, revision: number) =>
    world.db.consumerKey.update({ where: { id }, data: { lastPulledAt: new Date(), lastPulledRevision: revision } });
  await pulled(late.key.id, 1);
  await pulled(current.key.id, 2);
  const { createdAt } = await world.db.revision.findFirstOrThrow({ where: { number: 2 } });
  const metrics = createMetrics();
  measureLags(metrics, world.db, () => createdAt.getTime() + 42_000);
  const gauge = await metrics.registry.getSingleMetric("steward_consumer_lag_seconds")?.get();
  expect(gauge?.values.map(({ labels, value }) => [labels.key, labels.environment, value]).toSorted()).toEqual(
    [
      [current.key.hint, "production", 0],
      [late.key.hint, "production", 42],
    ].toSorted(),
  );
  expect(JSON.stringify(gauge)).not.toContain(unused.key.hint);
});
