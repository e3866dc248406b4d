import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createAttributeSchema } from "../../catalogue/contract";
import { listAttributes } from "../../catalogue/server/list-attributes";
import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import {
  createGovernance,
  type Governance,
  type PersonName,
  refusal,
  released,
  testNow,
} from "../../testing/governance";
import { createEventTypeSchema } from "../contract";
import { createEventType } from "./create-event-type";
import { defineAttribute } from "./define-attribute";
import { keepRefreshed } from "./keep-refreshed";
import { listEventTypes } from "./list-event-types";
import { refreshAttribute, refreshComputedAttributes } from "./refresh-attributes";

const order = createEventTypeSchema.parse({
  key: "order",
  name: "Order",
  properties: [{ key: "amount", name: "Amount", type: "number" }],
});
const spend = { event: "order", aggregate: "sum", property: "amount" };

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
  await createEventType(world.as("author"), order, world.engine);
  await appendOrder("1", 12.5);
});
afterAll(() => world.close());

function appendOrder(id: string, amount: number) {
  const at = testNow.getTime();
  return world.engine.appendEvents([{ id, customerId: "c0001", type: "order", at, properties: { amount } }]);
}

function define(key: string, more: Record<string, unknown>, by: PersonName = "author") {
  const attribute = createAttributeSchema.parse({ key, name: key, type: "number", ...more });
  return defineAttribute(world.as(by), attribute, world.engine);
}

async function valueFor(key: string, customer = "c0001") {
  return (await world.engine.get(customer))?.attributes[key];
}

function newestAudit() {
  return world.database.db.auditEntry.findFirst({ orderBy: { sequence: "desc" } });
}

describe("event types", () => {
  test("are listed with the attributes that are computed from them", async () => {
    await define("listed", { source: "computed", computation: { event: "order", aggregate: "count" } });
    const { items } = await listEventTypes(world.as("viewer"));
    expect(items).toEqual([{ ...order, attributes: expect.arrayContaining(["listed"]) }]);
  });

  test("are added once, by those who may, and recorded", async () => {
    expect(await refusal(createEventType(world.as("author"), order, world.engine))).toBe("conflict key-taken");
    const visit = createEventTypeSchema.parse({ key: "visit", name: "Visit" });
    expect(await refusal(createEventType(world.as("viewer"), visit, world.engine))).toBe(
      "forbidden missing-permission",
    );
    await createEventType(world.as("admin"), visit, world.engine);
    expect(await newestAudit()).toMatchObject({ action: "event-type.created", subjectId: "visit" });
  });

  test.each([
    [["at"], /instant that every event has/],
    [["constructor"], /reserved/],
    [["a", "a"], /same key/],
  ])("with the properties %j are refused by the shape", (keys, message) => {
    const properties = keys.map((key) => ({ key, name: key, type: "string" }));
    expect(() => createEventTypeSchema.parse({ key: "x", name: "X", properties })).toThrow(message);
  });
});

describe("a computed attribute", () => {
  test("is in the catalogue with its computation, and computed at once", async () => {
    await define("spend_sum", { source: "computed", computation: spend });
    expect(await valueFor("spend_sum")).toBe(12.5);
    expect(await valueFor("spend_sum", "c0002")).toBe(0);
    const { attributes } = await loadCatalogue(world.database.db);
    expect(attributes.get("spend_sum")).toMatchObject({ source: "computed", computation: { ...spend, filter: [] } });
    const { items } = await listAttributes(world.as("viewer"), world.engine);
    expect(items.find(({ key }) => key === "spend_sum")).toMatchObject({ refreshedAt: testNow.toISOString() });
    expect(await newestAudit()).toMatchObject({ action: "attribute.created", after: { computation: spend } });
  });

  const unfit: readonly [Record<string, unknown>, string, string][] = [
    [{ source: "computed" }, "computation", "missing-computation"],
    [{ source: "computed", computation: { ...spend, event: "ordr" } }, "computation.event", "unknown-event-type"],
    [{ source: "computed", computation: { ...spend, property: "x" } }, "computation.property", "unknown-property"],
    [{ source: "computed", computation: spend, type: "string" }, "type", "bad-type"],
    [{ source: "stored", computation: spend }, "computation", "surplus-computation"],
    [{ source: "score" }, "model", "missing-model"],
    [{ source: "score", model: "churn" }, "model", "bad-model"],
    [{ source: "stored", model: "churn-v12" }, "model", "surplus-model"],
  ];
  test.each(unfit)("%j is refused, and nothing is added", async (more, path, code) => {
    await expect(define("unfit", more)).rejects.toMatchObject({
      ...{ code: "invalid", reason: "unfit-source", findings: [{ path, code }] },
    });
    expect((await world.engine.storedAttributes()).has("unfit")).toBe(false);
  });

  test("is added by those who may only", async () => {
    const call = define("forbidden", { source: "computed", computation: spend }, "viewer");
    expect(await refusal(call)).toBe("forbidden missing-permission");
  });

  test("a score names its model and version", async () => {
    await define("churn", { source: "score", model: "churn-v12" });
    expect((await loadCatalogue(world.database.db)).attributes.get("churn")).toMatchObject({ model: "churn-v12" });
  });
});

describe("refreshing", () => {
  let followed = 0;
  const onRefreshed = () => {
    followed += 1;
  };
  const refreshing = () => ({ engine: world.engine, onRefreshed });

  test("writes one attribute anew for everyone, and is recorded", async () => {
    await define("orders", { source: "computed", computation: { event: "order", aggregate: "count" } });
    const before = Number(await valueFor("orders"));
    await appendOrder("refreshing-one", 1);
    const later = new Date(testNow.getTime() + 60_000);
    expect(await refreshAttribute(world.as("author", later), "orders", refreshing())).toMatchObject({
      ...{ attribute: { key: "orders" }, refreshedAt: later.toISOString() },
    });
    expect(await valueFor("orders")).toBe(before + 1);
    expect(followed).toBe(1);
    expect(await newestAudit()).toMatchObject({ action: "attribute.refreshed", subjectId: "orders" });
  });

  test("is refused for what is not computed, for what is not there, and to those who may not", async () => {
    const refresh = (key: string, by: PersonName) => refusal(refreshAttribute(world.as(by), key, refreshing()));
    expect(await refresh("plan", "author")).toBe("invalid not-computed");
    expect(await refresh("nothing", "author")).toBe("not-found not-found");
    expect(await refresh("plan", "viewer")).toBe("forbidden missing-permission");
  });

  test("of all, by the hour, says when", async () => {
    const { db } = world.database;
    await define("hourly", { source: "computed", computation: spend });
    await appendOrder("hourly", 100);
    const later = new Date(testNow.getTime() + 3_600_000);
    const computed = await db.attribute.count({ where: { source: "computed" } });
    expect(await refreshComputedAttributes(db, world.engine, later)).toBe(computed);
    expect(await valueFor("hourly")).toBeGreaterThan(100);
    expect(await db.attribute.count({ where: { refreshedAt: later } })).toBe(computed);
  });

  test("happens as soon as the process keeps them refreshed, and members are counted after it", async () => {
    const { db } = world.database;
    await released(world, "kept-live");
    const started = new Date();
    await define("kept", { source: "computed", computation: spend });
    await db.attribute.updateMany({ data: { refreshedAt: null } });
    const kept = keepRefreshed({ db, engine: world.engine, onRefreshed: () => undefined });
    const waiting = { where: { source: "computed", refreshedAt: null } };
    await vi.waitFor(async () => expect(await db.attribute.count(waiting)).toBe(0), 10_000);
    const counted = { where: { countedAt: { gte: started } } };
    await vi.waitFor(async () => expect(await db.memberCount.count(counted)).toBe(1), 10_000);
    await kept.close();
  });
});
