import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { attributeSchema, type EventType } from "../catalogue/definition";
import type { Profile } from "../rules/definition";
import { testEngines } from "../testing/engines";
import { type ConsentStatement, type CustomerEvent, consentStates } from "./customer-records";
import type { Engine } from "./engine";

const attributes = [
  attributeSchema.parse({ key: "plan", name: "Plan", type: "string" }),
  attributeSchema.parse({ key: "spend", name: "Spend", type: "number" }),
  attributeSchema.parse({ key: "tags", name: "Tags", type: "string_set" }),
];
const order: EventType = {
  ...{ key: "order", name: "Order", description: "" },
  properties: [
    { key: "amount", name: "Amount", type: "number" },
    { key: "paid", name: "Paid", type: "boolean" },
    { key: "sent_at", name: "Sent", type: "timestamp" },
  ],
};
const visit: EventType = { key: "visit", name: "Visit", description: "", properties: [] };
const pair = { from: "a", into: "b" };
const now = 1_000;
let engine: Engine;

describe.each(Object.entries(testEngines))("%s", { timeout: 60_000 }, (kind, open) => {
  beforeEach(async () => {
    engine = await open();
    await engine.addAttributes(attributes);
    await engine.addEventTypes([order, visit]);
  });
  afterEach(() => engine.close());

  async function known(ids = ["a", "b", "c"]) {
    return Promise.all(
      ids.map(async (id) => ({
        profile: sorted(await engine.get(id)),
        events: await engine.eventsOf(id, { limit: 100 }),
        statements: (await engine.consentsOf(id)).map((each) => JSON.stringify(each)).sort(),
        identities: await engine.identitiesOf(id),
      })),
    );
  }

  test("events, identities and statements of both are the merged customer's, and go back when they part", async () => {
    await engine.upsert([customer("a", { plan: "free", spend: 3 }), customer("b", { plan: "pro" })]);
    await engine.appendEvents([
      { ...event("e1", "a", 10), properties: { amount: 1.5, paid: true, sent_at: 9 } },
      event("e2", "b", 20),
      { ...event("e3", "a", 20), type: "visit" },
    ]);
    await engine.link([{ namespace: "device", value: "d", customerId: "a" }]);
    await engine.ingest({ consents: [said("a", "withdrawn", 5), said("b", "granted", 7)] }, 8);
    const before = await known();

    expect(await engine.merge(pair, now)).toEqual({ touched: ["a", "b"] });
    expect(await engine.get("a")).toBeNull();
    expect(await engine.get("b")).toEqual(customer("b", { plan: "pro", spend: 3 }));
    expect((await engine.eventsOf("b", { limit: 100 })).map(({ id }) => id)).toEqual(["e3", "e2", "e1"]);
    expect((await engine.eventsOf("b", { limit: 1, before: { at: 20, id: "e2" } }))[0]).toMatchObject({
      ...{ id: "e1", customerId: "b", properties: { amount: 1.5, paid: true, sent_at: 9 } },
    });
    expect(await engine.findByIdentity("device", "d")).toBe("b");
    expect(await engine.mergedInto(["a", "b"])).toEqual(new Map([["a", "b"]]));
    expect(await engine.merge(pair, now)).toEqual({ touched: [] });

    await engine.unmerge(pair, now + 1);
    expect(await known()).toEqual(before);
    expect(await engine.mergedInto(["a"])).toEqual(new Map());
    expect(await engine.unmerge(pair, now + 2)).toEqual({ touched: [] });
  });

  test("what comes in under the old id is of the merged customer, and stays theirs when they part", async () => {
    await engine.upsert([customer("a", {}), customer("b", {})]);
    await engine.merge(pair, now);
    const batch = {
      changes: [{ id: "a", attributes: { plan: "old" } }],
      events: [event("e1", "a", 10)],
      consents: [said("a", "objected", now + 1)],
    };
    expect((await engine.ingest(batch, now)).touched).toEqual(["b"]);
    await engine.appendEvents([event("e2", "a", 11)]);
    expect(await engine.get("a")).toBeNull();
    await engine.unmerge(pair, now + 2);
    expect((await engine.eventsOf("b", { limit: 10 })).map(({ id }) => id)).toEqual(["e2", "e1"]);
    expect((await engine.get("b"))?.objections).toEqual(["marketing"]);
    expect(await engine.get("a")).toEqual(customer("a", {}));
  });

  test("who is merged is followed through further merges, and is nobody else's to merge", async () => {
    await engine.upsert(["a", "b", "c"].map((id) => customer(id, {})));
    await engine.merge(pair, now);
    await engine.merge({ from: "b", into: "c" }, now);
    expect(await engine.mergedInto(["a", "b", "c", "x"])).toEqual(
      new Map([...["a", "b"].map((id) => [id, "c"] as const)]),
    );
    await expect(engine.merge({ from: "a", into: "c" }, now)).rejects.toMatchObject({ reason: "already-merged" });
    await expect(engine.merge({ from: "c", into: "c" }, now)).rejects.toMatchObject({ reason: "already-merged" });
    await expect(engine.merge({ from: "x", into: "c" }, now)).rejects.toMatchObject({ code: "not-found" });
  });

  test("merging and parting is nothing: profiles, events, statements and identities of both are as before", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(anyThings, async ({ profiles, events, statements, devices }) => {
        const prefix = `${++run}/`;
        const own = <T extends { readonly customerId: string }>(list: readonly T[]) =>
          list.map((each) => ({ ...each, customerId: prefix + each.customerId }));
        const [a, b, c] = [`${prefix}a`, `${prefix}b`, `${prefix}c`];
        await engine.upsert(profiles.map((profile) => ({ ...profile, id: prefix + profile.id })));
        await engine.appendEvents(own(events).map((each) => ({ ...each, id: prefix + each.id })));
        await engine.ingest({ consents: own(statements) }, now);
        await engine.link(own(devices).map((each) => ({ ...each, value: prefix + each.value })));
        const before = await known([a, b, c]);
        await engine.merge({ from: a, into: b }, now);
        await engine.merge({ from: b, into: c }, now);
        await engine.unmerge({ from: b, into: c }, now);
        await engine.unmerge({ from: a, into: b }, now);
        expect(await known([a, b, c])).toEqual(before);
      }),
      { numRuns: kind === "duckdb" ? 15 : 3 },
    );
  });
});

const someone = fc.constantFrom("a", "b", "c");
const anyThings = fc.record({
  profiles: fc.tuple(...["a", "b", "c"].map((id) => anyProfile(id))),
  events: fc.uniqueArray(
    fc.record({
      id: fc.constantFrom("1", "2", "3", "4", "5"),
      customerId: someone,
      type: fc.constantFrom("order", "visit"),
      at: fc.integer({ min: 0, max: now }),
      properties: fc.constant({}),
    }),
    { selector: ({ id }) => id },
  ),
  statements: fc.array(
    fc.tuple(someone, fc.constantFrom(...consentStates), fc.nat(now)).map(([id, state, at]) => said(id, state, at)),
    { maxLength: 6 },
  ),
  devices: fc.uniqueArray(
    fc.record({ namespace: fc.constant("device"), value: fc.constantFrom("1", "2", "3"), customerId: someone }),
    { selector: ({ value }) => value },
  ),
});

function anyProfile(id: string): fc.Arbitrary<Profile> {
  const purposes = fc.subarray(["marketing", "research"]);
  return fc.record({
    id: fc.constant(id),
    region: fc.constantFrom("eu", "us"),
    consents: purposes,
    objections: purposes,
    attributes: fc.record(
      { plan: fc.constantFrom("free", "pro"), spend: fc.nat(9), tags: fc.subarray(["x", "y"]) },
      { requiredKeys: [] },
    ),
  });
}

function sorted(profile: Profile | null): Profile | null {
  if (!profile) return null;
  const entries = Object.entries(profile.attributes).map(([key, value]) => [
    key,
    Array.isArray(value) ? [...value].sort() : value,
  ]);
  return {
    ...profile,
    consents: [...profile.consents].sort(),
    objections: [...profile.objections].sort(),
    attributes: Object.fromEntries(entries),
  };
}

function customer(id: string, values: Profile["attributes"]): Profile {
  return { id, region: "eu", consents: [], objections: [], attributes: values };
}

function event(id: string, customerId: string, at: number): CustomerEvent {
  return { id, customerId, type: "order", at, properties: {} };
}

function said(customerId: string, state: ConsentStatement["state"], at: number): ConsentStatement {
  return { customerId, purpose: "marketing", state, at, source: "web" };
}
