import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Attribute, attributeSchema, type EventType } from "../catalogue/definition";
import type { Profile } from "../rules/definition";
import { testEngines } from "../testing/engines";
import { computedAttribute } from "../testing/event-arbitraries";
import type { ConsentState, ConsentStatement, CustomerEvent, ProfileChange } from "./customer-records";
import type { Engine } from "./engine";

const now = Date.parse("2026-11-01T00:00:00Z");
const hour = 3_600_000;
const attributes: Attribute[] = [
  attributeSchema.parse({ key: "plan", name: "Plan", type: "string" }),
  attributeSchema.parse({ key: "spend", name: "Spend", type: "number" }),
  attributeSchema.parse({ key: "active", name: "Active", type: "boolean" }),
  attributeSchema.parse({ key: "seen_at", name: "Seen", type: "timestamp" }),
  attributeSchema.parse({ key: "tags", name: "Tags", type: "string_set" }),
];
const order: EventType = {
  ...{ key: "order", name: "Order", description: "" },
  properties: [{ key: "amount", name: "Amount", type: "number" }],
};
const orders = computedAttribute("orders", order, { event: "order", aggregate: "count", filter: [] });
const latest = computedAttribute("latest", order, {
  ...{ event: "order", aggregate: "last", property: "amount", filter: [] },
});

let engine: Engine;

describe.each(Object.entries(testEngines))("%s", { timeout: 60_000 }, (_, open) => {
  beforeEach(async () => {
    engine = await open();
    await engine.addAttributes([...attributes, orders.attribute, latest.attribute]);
    await engine.addEventTypes([order]);
  });
  afterEach(() => engine.close());

  describe("changes", () => {
    test("make a customer, keep what they leave out and take away what is null", async () => {
      const first = { id: "a", region: "eu", attributes: { plan: "pro", spend: 2, tags: ["x"] } };
      expect(await engine.ingest({ changes: [first] }, now)).toMatchObject({ inserted: 1, updated: 0, touched: ["a"] });
      const then = { id: "a", attributes: { spend: null, active: true } };
      expect(await engine.ingest({ changes: [then] }, now)).toMatchObject({ inserted: 0, updated: 1, touched: ["a"] });
      expect(await engine.get("a")).toEqual(known({ plan: "pro", tags: ["x"], active: true }));
      await engine.ingest({ changes: [{ id: "a", region: null }] }, now);
      expect(await engine.regionsOf(["a", "b"])).toEqual(new Map([["a", null]]));
    });

    test("of one customer in one batch hold in their order, and the same batch again touches nobody", async () => {
      const changes: ProfileChange[] = [
        { id: "a", region: "eu", attributes: { plan: "free", spend: 1 } },
        { id: "a", attributes: { plan: " pro " } },
      ];
      await engine.ingest({ changes }, now);
      expect(await engine.get("a")).toEqual(known({ plan: "pro", spend: 1 }));
      expect(await engine.ingest({ changes }, now)).toMatchObject({ inserted: 0, updated: 0, touched: [] });
    });

    test("that do not fit are refused with all else in the batch", async () => {
      const wrong = [
        { changes: [{ id: "b", attributes: { plan: 7 } }] },
        { changes: [{ id: "b", attributes: { unheard_of: "x" } }] },
        { consents: [{ ...said("a", "granted", 0), purpose: "" }] },
        { events: [bought("e", "a", 0, { amount: "much" })] },
      ];
      for (const batch of wrong) {
        const changes = [{ id: "a", attributes: { plan: "pro" } }, ...(batch.changes ?? [])];
        await expect(engine.ingest({ ...batch, changes }, now)).rejects.toMatchObject({ code: "invalid" });
      }
      expect(await engine.population()).toBe(0);
      expect(await engine.consentsOf("a")).toEqual([]);
    });
  });

  describe("statements", () => {
    beforeEach(() => engine.ingest({ changes: [{ id: "a", region: "eu" }] }, now));
    const purposes = async (id = "a") => {
      const { consents = [], objections = [] } = (await engine.get(id)) ?? {};
      return { consents, objections };
    };

    test("the latest decides, whichever order they come in", async () => {
      await engine.ingest({ consents: [said("a", "granted", 3)] }, now);
      expect(await purposes()).toEqual({ consents: ["marketing"], objections: [] });
      expect(await engine.ingest({ consents: [said("a", "objected", 2)] }, now)).toMatchObject({ touched: [] });
      expect(await purposes()).toEqual({ consents: ["marketing"], objections: [] });
      await engine.ingest({ consents: [said("a", "withdrawn", 4)] }, now);
      expect(await purposes()).toEqual({ consents: [], objections: [] });
      await engine.ingest({ consents: [said("a", "objected", 5)] }, now);
      expect(await purposes()).toEqual({ consents: [], objections: ["marketing"] });
    });

    test("of several at one instant the strictest decides", async () => {
      await engine.ingest({ consents: [said("a", "objected", 1), said("a", "granted", 1)] }, now);
      expect(await purposes()).toEqual({ consents: [], objections: ["marketing"] });
      await engine.ingest({ consents: [said("a", "withdrawn", 1)] }, now);
      expect(await purposes()).toEqual({ consents: [], objections: ["marketing"] });
    });

    test("each is kept once with its proof, the newest first", async () => {
      const statements = [said("a", "granted", 1), { ...said("a", "withdrawn", 2), text: "v2" }];
      expect(await engine.ingest({ consents: statements }, now)).toMatchObject({ appended: 2, repeated: 0 });
      const again = [...statements, said("a", "granted", 1)];
      const repeated = await engine.ingest({ consents: again }, now);
      expect(repeated).toMatchObject({ appended: 0, repeated: 3, repeats: { events: [], consents: [0, 1, 2] } });
      expect(await engine.consentsOf("a")).toEqual(statements.toReversed());
    });

    test("of somebody unknown hold once they come; of other purposes what stood stays", async () => {
      await engine.ingest({ consents: [said("b", "granted", 1)] }, now);
      expect(await engine.get("b")).toBeNull();
      await engine.ingest({ changes: [{ id: "b" }] }, now);
      expect(await purposes("b")).toEqual({ consents: ["marketing"], objections: [] });
      await engine.upsert([{ ...known({}), id: "c", consents: ["billing"] }]);
      await engine.ingest({ consents: [said("c", "objected", 1)] }, now);
      expect(await purposes("c")).toEqual({ consents: ["billing"], objections: ["marketing"] });
    });
  });

  test("an event counts once by its id, within a batch and across batches, and touches its customer", async () => {
    const events = [bought("e1", "a", 1), bought("e2", "b", 1), bought("e1", "c", 2)];
    const first = await engine.ingest({ events }, now);
    expect(first).toMatchObject({ appended: 2, repeated: 1, repeats: { events: [2], consents: [] } });
    expect(first.touched).toEqual(["a", "b"]);
    const again = await engine.ingest({ events: [bought("e3", "a", 3), ...events] }, now);
    expect(again).toMatchObject({ appended: 1, repeated: 3, repeats: { events: [1, 2, 3] }, touched: ["a"] });
  });

  test("identities come with a batch, and one that names somebody else is told", async () => {
    const identity = { namespace: "email", value: "hash", customerId: "a" };
    const other = { ...identity, customerId: "b" };
    expect(await engine.ingest({ identities: [identity] }, now)).toMatchObject({ taken: [] });
    expect(await engine.ingest({ identities: [other] }, now)).toMatchObject({ taken: [other] });
    expect(await engine.findByIdentity("email", "hash")).toBe("a");
  });

  describe("a customer of the past", () => {
    const at = (asOf: number, computed = [orders, latest]) => engine.profileAt("a", asOf, computed);

    test("is as they were stored then, whatever the values are", async () => {
      const full = {
        ...{ plan: 'Zoë "👩‍👩‍👧"\n\\', spend: 0.1 + 0.2, active: false, seen_at: -8_640_000_000_000 },
        tags: ["a", "b|c"],
      };
      await engine.ingest({ changes: [{ id: "a", region: "eu", attributes: full }] }, now);
      await engine.ingest({ consents: [said("a", "granted", 1)] }, now + hour);
      const gone = { plan: null, spend: 2 ** 53, active: null, seen_at: null, tags: [] };
      await engine.ingest({ changes: [{ id: "a", region: "us", attributes: gone }] }, now + 2 * hour);
      expect(await at(now - 1, [])).toBeNull();
      expect(await at(now, [])).toEqual(known(full));
      expect(await at(now + hour, [])).toEqual({ ...known(full), consents: ["marketing"] });
      const last = { ...known({ spend: 2 ** 53, tags: [] }), region: "us", consents: ["marketing"] };
      expect(await at(now + 2 * hour, [])).toEqual(last);
      expect(await engine.get("a")).toEqual(last);
    });

    test("outlasts a change of how values are kept", async () => {
      await engine.ingest({ changes: [{ id: "a", region: "eu", attributes: { plan: "p 0", tags: ["t 0"] } }] }, now);
      await engine.ingest({ changes: [{ id: "a", attributes: { plan: "p 1", tags: ["t 1"] } }] }, now + hour);
      const many = Array.from({ length: 4_200 }, (_, n) => ({
        id: `b${n}`,
        attributes: { plan: `p ${n}`, tags: [`t ${n}`] },
      }));
      await engine.ingest({ changes: many }, now + hour);
      expect(await at(now, [])).toEqual(known({ plan: "p 0", tags: ["t 0"] }));
      await engine.ingest({ changes: [{ id: "a", attributes: { plan: null, tags: null } }] }, now + 2 * hour);
      expect(await at(now + hour, [])).toEqual(known({ plan: "p 1", tags: ["t 1"] }));
    });

    test("has what follows from the events up to then", async () => {
      await engine.ingest({ changes: [{ id: "a", region: "eu" }] }, now);
      const events = [bought("e1", "a", now + 1, { amount: 5 }), bought("e2", "a", now + hour, { amount: 7 })];
      await engine.ingest({ events: [...events, bought("e3", "b", now)] }, now);
      await engine.refresh([orders, latest], now + hour);
      expect((await at(now))?.attributes).toEqual({ orders: 0 });
      expect((await at(now + 1))?.attributes).toEqual({ orders: 1, latest: 5 });
      expect((await at(now + hour))?.attributes).toEqual({ orders: 2, latest: 7 });
    });
  });
});

function known(given: Profile["attributes"]): Profile {
  const attributes = {
    ...given,
    ...(Array.isArray(given.tags) ? { tags: expect.arrayContaining([...given.tags]) } : {}),
  };
  return { id: "a", region: "eu", consents: [], objections: [], attributes };
}

function said(customerId: string, state: ConsentState, at: number): ConsentStatement {
  return { customerId, purpose: "marketing", state, at, source: "test" };
}

function bought(
  id: string,
  customerId: string,
  at: number,
  properties: CustomerEvent["properties"] = {},
): CustomerEvent {
  return { id, customerId, type: "order", at, properties };
}
