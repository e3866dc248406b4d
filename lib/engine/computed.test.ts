import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Computation, computationSchema, type EventType } from "../catalogue/definition";
import { computedValue } from "../testing/computed-reference";
import { testEngines } from "../testing/engines";
import { anyComputed, anyEvent, computedAttribute, generatedEventTypes } from "../testing/event-arbitraries";
import type { CustomerEvent } from "./customer-records";
import type { ComputedAttribute, Engine } from "./engine";
import { openDuckDbEngine } from "./server/duckdb-engine";
import { storableEvent } from "./storable-event";

const asOf = Date.parse("2026-03-01T00:00:00Z");
const [order] = generatedEventTypes as [EventType];

let engine: Engine;
function ordered(
  id: string,
  customerId: string,
  properties: CustomerEvent["properties"] = {},
  at = asOf,
): CustomerEvent {
  return { id, customerId, type: "order", at, properties };
}

function computed(key: string, given: Partial<Computation>): ComputedAttribute {
  return computedAttribute(key, order, computationSchema.parse({ event: "order", ...given }));
}

async function known(...ids: readonly string[]): Promise<void> {
  await engine.upsert(ids.map((id) => ({ id, consents: [], objections: [], attributes: {} })));
}

async function refreshed(attributes: readonly ComputedAttribute[], customer: string) {
  await engine.addAttributes(attributes.map(({ attribute }) => attribute));
  await engine.refresh(attributes, asOf);
  return (await engine.get(customer))?.attributes;
}

describe.each(Object.entries(testEngines))("in %s", { timeout: 30_000 }, (_, open) => {
  beforeEach(async () => {
    engine = await open();
    await engine.addEventTypes(generatedEventTypes);
  });
  afterEach(() => engine.close());

  describe("events", () => {
    test("of an id that is known change nothing, of whichever type and in whichever call", async () => {
      const visit: CustomerEvent = { id: "1", customerId: "a", type: "visit", at: asOf, properties: {} };
      expect(await engine.appendEvents([ordered("1", "a"), ordered("2", "a"), ordered("1", "b")])).toEqual({
        ...{ appended: 2, repeated: 1 },
      });
      expect(await engine.appendEvents([visit, ordered("2", "a"), ordered("3", "a")])).toEqual({
        ...{ appended: 1, repeated: 2 },
      });
      await known("a", "b");
      const orders = computed("orders", { aggregate: "count" });
      expect(await refreshed([orders], "a")).toEqual({ orders: 3 });
      expect(await refreshed([orders], "b")).toEqual({ orders: 0 });
    });

    test("that do not fit their type are refused, and none of their call is kept", async () => {
      const misfits: CustomerEvent[] = [
        ordered("", "a"),
        ordered("2", ""),
        ordered("2", "\ud800"),
        ordered("2", "a", {}, 0.5),
        ordered("2", "a", { amount: "1" }),
        ordered("2", "a", { amount: Number.NaN }),
        ordered("2", "a", { amount: 1e15 + 1 }),
        ordered("2", "a", { "due-at": 0.5 }),
        ordered("2", "a", { colour: "red" }),
        { ...ordered("2", "a"), type: "parcel" },
      ];
      for (const misfit of misfits)
        await expect(engine.appendEvents([ordered("1", "a"), misfit])).rejects.toMatchObject({
          ...{ code: "invalid", reason: "unstorable-event" },
        });
      expect(await engine.appendEvents([ordered("1", "a")])).toEqual({ appended: 1, repeated: 0 });
    });

    test("get new properties; those of earlier events are missing, and a type never changes", async () => {
      await engine.appendEvents([ordered("1", "a")]);
      const coupon = { key: "coupon", name: "Coupon", type: "string" as const };
      const grown = { ...order, properties: [...order.properties, coupon] };
      await engine.addEventTypes([grown]);
      await engine.appendEvents([ordered("2", "a", { coupon: "TEN" }), ordered("3", "a")]);
      await known("a");
      const coupons = computedAttribute(
        "coupons",
        grown,
        computationSchema.parse({
          ...{ event: "order", aggregate: "count", filter: [{ property: "coupon", operator: "is_set" }] },
        }),
      );
      expect(await refreshed([coupons], "a")).toEqual({ coupons: 1 });
      const changed = { ...order, properties: [{ ...coupon, type: "number" as const }] };
      await expect(engine.addEventTypes([changed])).rejects.toMatchObject({ reason: "property-type-changed" });
    });

    test("of customers who are not known count once they are", async () => {
      await engine.appendEvents([ordered("1", "a", { amount: 2 })]);
      const spend = computed("spend", { aggregate: "sum", property: "amount" });
      expect(await refreshed([spend], "a")).toBeUndefined();
      await known("a");
      expect(await refreshed([spend], "a")).toEqual({ spend: 2 });
    });
  });

  describe("computed attributes", () => {
    test("without events are 0 for count, sum and distinct, and missing otherwise", async () => {
      await known("a");
      const read = { property: "amount" };
      const attributes = [
        computed("count", { aggregate: "count" }),
        ...(["sum", "distinct", "min", "max", "last"] as const).map((aggregate) =>
          computed(aggregate, { aggregate, ...read }),
        ),
      ];
      expect(await refreshed(attributes, "a")).toEqual({ count: 0, sum: 0, distinct: 0 });
    });

    test("lose what has left their window", async () => {
      await known("a");
      await engine.appendEvents([
        ordered("1", "a", { amount: 5 }, asOf - 60_000),
        ordered("2", "a", {}, asOf - 59_999),
      ]);
      const window = { n: 1, unit: "minutes" } as const;
      const attributes = [
        computed("orders", { aggregate: "count", window }),
        computed("newest", { aggregate: "last", property: "amount", window }),
      ];
      await engine.addAttributes(attributes.map(({ attribute }) => attribute));
      await engine.refresh(attributes, asOf - 1);
      expect((await engine.get("a"))?.attributes).toEqual({ orders: 2, newest: 5 });
      expect(await refreshed(attributes, "a")).toEqual({ orders: 1 });
    });

    test("are computed anew for some customers, and others stay as they are", async () => {
      await known("a", "b");
      await engine.appendEvents([ordered("1", "a"), ordered("2", "b")]);
      const orders = computed("orders", { aggregate: "count" });
      await refreshed([orders], "a");
      await engine.appendEvents([ordered("3", "a"), ordered("4", "b")]);
      await engine.refresh([orders], asOf, { customers: ["a", "unheard of"] });
      expect((await engine.get("a"))?.attributes).toEqual({ orders: 2 });
      expect((await engine.get("b"))?.attributes).toEqual({ orders: 1 });
    });

    test("slide for whoever has an event that left a window between two instants, or began to count", async () => {
      const window = { n: 1, unit: "minutes" } as const;
      const windowed = [computed("orders", { aggregate: "count", window }), computed("ever", { aggregate: "count" })];
      const at = { "long gone": -70_001, gone: -60_000, going: -59_999, stays: -50_000, ahead: 10_000, later: 10_001 };
      const events = Object.entries(at).map(([id, ms]) => ordered(id, id, {}, asOf + ms));
      await engine.appendEvents(events);
      const slid = await engine.slid(windowed, { from: asOf - 10_000, to: asOf });
      expect([...slid].sort()).toEqual(["gone"]);
      const next = await engine.slid(windowed, { from: asOf, to: asOf + 10_000 });
      expect([...next].sort()).toEqual(["ahead", "going", "stays"]);
      expect(await engine.slid([], { from: 0, to: asOf })).toEqual([]);
    });

    test("add decimals exactly", async () => {
      await known("a", "b");
      const amounts = [0.1, 0.2, 123456789012.34, 1e15, -1e15, -123456789012.34];
      await engine.appendEvents(amounts.map((amount, index) => ordered(`${index}`, "a", { amount })));
      await engine.appendEvents(Array.from({ length: 10 }, (_, n) => ordered(`b${n}`, "b", { amount: 1234567.89 })));
      const spend = computed("spend", { aggregate: "sum", property: "amount" });
      expect(await refreshed([spend], "a")).toEqual({ spend: 0.3 });
      expect(await refreshed([spend], "b")).toEqual({ spend: 12345678.9 });
    });

    test("change when profiles are said to have changed only where a value does", async () => {
      await known("a");
      await engine.appendEvents([ordered("1", "a")]);
      const orders = computed("orders", { aggregate: "count" });
      await refreshed([orders], "a");
      const changedAt = await engine.changedAt();
      await refreshed([orders], "a");
      expect(await engine.changedAt()).toBe(changedAt);
    });

    test("that are not stored as they were checked are refused", async () => {
      const orders = computed("orders", { aggregate: "count" });
      await expect(engine.refresh([orders], asOf)).rejects.toMatchObject({ reason: "not-stored" });
      await engine.addAttributes([orders.attribute]);
      const parcels = { ...orders, event: { ...order, key: "parcel" } };
      await expect(engine.refresh([parcels], asOf)).rejects.toMatchObject({ reason: "not-stored" });
    });
  });

  describe("against the plain reference", () => {
    const customers = ["a", "b", "c", "d", "without-events"];
    const shapes = new Map(
      generatedEventTypes.map(({ key, properties }) => [key, new Map(properties.map((each) => [each.key, each.type]))]),
    );
    const computations = fc.tuple(...Array.from({ length: 60 }, (_, index) => anyComputed(`a${index}`, asOf)));
    const manyEvents = fc.array(anyEvent(asOf), { minLength: 250, maxLength: 300, size: "max" });
    const runs = fc.sample(fc.tuple(computations, manyEvents), { numRuns: 6, seed: 20_261_121 });

    test.each(runs)("whatever the events, filters and windows (%#)", async (attributes, given) => {
      await engine.addAttributes(attributes.map(({ attribute }) => attribute));
      await known(...customers);
      for (const part of [given.slice(0, 100), given.slice(100)]) await engine.appendEvents(part);
      await engine.refresh(attributes, asOf);
      const stored = [...new Map(given.toReversed().map((event) => [event.id, storableEvent(event, shapes)])).values()];
      for (const id of customers) {
        const own = stored.filter(({ customerId }) => customerId === id);
        const found = (await engine.get(id))?.attributes ?? {};
        for (const each of attributes) {
          const expected = computedValue(each, own, each.event.key, asOf);
          expect(found[each.attribute.key], `${id}: ${JSON.stringify(each.computation)}`).toEqual(expected);
        }
      }
    });
  });
});

test("texts with too many values for a dictionary are computed whole", async () => {
  engine = await openDuckDbEngine(":memory:", { code: 3, bits: 3 });
  await engine.addEventTypes(generatedEventTypes);
  const ids = Array.from({ length: 9 }, (_, n) => `c${n}`);
  await known(...ids);
  const country = computed("country", { aggregate: "last", property: "country" });
  await engine.appendEvents(ids.slice(0, 3).map((id) => ordered(id, id, { country: `of ${id}` })));
  expect(await refreshed([country], "c2")).toEqual({ country: "of c2" });
  await engine.appendEvents(ids.slice(3).map((id) => ordered(id, id, { country: `of ${id}` })));
  expect(await refreshed([country], "c8")).toEqual({ country: "of c8" });
  expect((await engine.get("c0"))?.attributes).toEqual({ country: "of c0" });
  await engine.close();
});
