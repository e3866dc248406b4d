import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { computationSchema, type EventType } from "../catalogue/definition";
import { type GuardedRule, guardedRule } from "../guards/guarded-rule";
import type { Profile } from "../rules/definition";
import { clusterName } from "../testing/clickhouse-cluster";
import { openTestClickHouse } from "../testing/engines";
import { computedAttribute } from "../testing/event-arbitraries";
import { anyCatalogue, anyProfile, anyRule } from "../testing/rule-arbitraries";
import type { CustomerEvent } from "./customer-records";
import type { Engine } from "./engine";

const asOf = Date.parse("2026-11-01T00:00:00Z");
const environment = "production";
const order: EventType = {
  ...{ key: "order", name: "Order", description: "" },
  properties: [{ key: "amount", name: "Amount", type: "number" }],
};
const [catalogue] = fc.sample(anyCatalogue, { numRuns: 1, seed: 3 });
if (!catalogue) throw new Error("No catalogue was generated.");
const profiles = fc
  .sample(anyProfile(catalogue, asOf), { numRuns: 200, seed: 3 })
  .map((profile, index): Profile => ({ ...profile, id: `${profile.id}#${index}` }));
const rules = fc
  .sample(anyRule(catalogue, asOf), { numRuns: 8, seed: 4 })
  .map(
    (rule): GuardedRule =>
      guardedRule(
        { key: "s", purposes: [], regions: ["eu", "uk", "us"], definition: { rule, include: [], exclude: [] } },
        catalogue,
      ),
  );
const events = profiles.flatMap(({ id }, index): CustomerEvent[] =>
  Array.from({ length: index % 4 }, (_, n) => ({
    ...{ id: `${id}/${n}`, customerId: id, type: "order", at: asOf - n, properties: { amount: 0.1 * (n + 1) } },
  })),
);
const spend = computedAttribute(
  "spend",
  order,
  computationSchema.parse({ event: "order", aggregate: "sum", property: "amount" }),
);

describe("statements over tables that are spread over two shards", { timeout: 60_000 }, () => {
  let spread: Engine;
  let whole: Engine;

  beforeAll(async () => {
    spread = await openTestClickHouse(clusterName);
    whole = await openTestClickHouse();
    for (const engine of [spread, whole]) {
      await engine.addAttributes([...catalogue.attributes.values(), spend.attribute]);
      await engine.addEventTypes([order]);
      await engine.upsert(profiles.map((profile) => ({ ...profile, attributes: {} })));
      await engine.upsert(profiles);
      await engine.appendEvents(events);
      await engine.refresh([spend], asOf);
    }
  }, 60_000);
  afterAll(async () => {
    await spread.close();
    await whole.close();
  });

  async function expectSame<T>(ask: (engine: Engine) => Promise<T>): Promise<T> {
    const answer = await ask(spread);
    expect(answer).toEqual(await ask(whole));
    return answer;
  }

  test("find each customer once, as last written, with what is computed of them", async () => {
    expect(await expectSame((engine) => engine.population())).toBe(profiles.length);
    expect(await expectSame((engine) => engine.upsert(profiles.slice(0, 1)))).toEqual({ inserted: 0, updated: 1 });
    for (const { id } of profiles.slice(0, 12)) await expectSame((engine) => engine.get(id));
    expect((await spread.get(profiles[3]?.id ?? ""))?.attributes).toMatchObject({ spend: 0.6 });
    expect(await expectSame((engine) => engine.appendEvents(events.slice(0, 5)))).toEqual({ appended: 0, repeated: 5 });
    await expectSame((engine) => engine.findIds("c", 7));
    await expectSame((engine) => engine.byRegion());
    for (const key of catalogue.attributes.keys()) await expectSame((engine) => engine.statistics(key));
  });

  test("count, compare and list as over one table", async () => {
    for (const rule of rules) {
      const counts = await expectSame((engine) => engine.counts(rule, asOf, { by: "spend" }));
      expect(await spread.count(rule, asOf)).toBe(counts.members);
      expect(await expectSame((engine) => collect(engine.members(rule, asOf)))).toHaveLength(counts.members);
    }
    await expectSame((engine) => engine.overlap(rules, asOf));
    const [before, after] = rules;
    if (before && after) await expectSame((engine) => engine.impact(before, after, asOf, { samples: 5 }));
  });

  test("merge, part and erase customers", async () => {
    const [from = "", into = ""] = events
      .map(({ customerId }) => customerId)
      .filter((id, n, all) => all.indexOf(id) === n);
    const known = async (engine: Engine) => [
      await engine.get(from),
      await engine.get(into),
      await engine.eventsOf(from, { limit: 9 }),
      await engine.eventsOf(into, { limit: 9 }),
      await engine.findByIdentity("device", "d"),
    ];
    for (const engine of [spread, whole]) await engine.link([{ namespace: "device", value: "d", customerId: from }]);
    const before = await expectSame(known);
    for (const engine of [spread, whole]) await engine.merge({ from, into }, asOf);
    expect(await expectSame(known)).not.toEqual(before);
    for (const engine of [spread, whole]) await engine.unmerge({ from, into }, asOf + 1);
    expect(await expectSame(known)).toEqual(before);
    for (const engine of [spread, whole]) await engine.erase([from, into]);
    await expectSame((engine) => engine.population());
    expect(new Set(Object.values(await spread.traces([from, into])))).toEqual(new Set([0]));
  });

  test("keep the membership log", async () => {
    const line = { environment, segment: "s" };
    const written = { environment, asOf, cause: "release" };
    const as = (rule: GuardedRule | null) => ["s", "t"].map((segment) => ({ segment, rule }));
    for (const [index, rule] of rules.slice(0, 4).entries())
      await expectSame((engine) => engine.materialise({ ...written, revision: index + 1, segments: as(rule) }));
    for (const engine of [spread, whole]) await engine.forgetBeyond({ environment, revision: 3 });
    const [rule = null] = rules;
    await expectSame((engine) => engine.materialise({ ...written, revision: 4, segments: as(rule) }));
    for (const engine of [spread, whole]) await engine.compact({ environment, upTo: 2 });
    for (const revision of [2, 3, 4]) await expectSame((engine) => collect(engine.membersAt({ ...line, revision })));
    await expectSame((engine) => collect(engine.changesBetween({ environment, after: 2, upTo: 4 })));
  });
});

async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}
