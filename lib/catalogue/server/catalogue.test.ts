import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createGovernance, documentOf, type Governance, refusal } from "../../testing/governance";
import { createSegment } from "../../versions/server/create-segment";
import { createAttributeSchema, createPurposeSchema, createRegionSchema } from "../contract";
import { attributeStatistics } from "./attribute-statistics";
import { createAttribute } from "./create-attribute";
import { createPurpose } from "./create-purpose";
import { createRegion } from "./create-region";
import { listAttributes } from "./list-attributes";
import { listPurposes } from "./list-purposes";
import { listRegions } from "./list-regions";
import { loadCatalogue } from "./load-catalogue";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
  await createSegment(world.as("author"), { document: documentOf("uses-plan") });
});
afterAll(() => world.close());

function attribute(key: string, more: Record<string, unknown> = {}) {
  return createAttributeSchema.parse({ key, name: key, type: "string", ...more });
}

describe("adding to the catalogue", () => {
  test("an attribute is in the catalogue, in the store and in the audit", async () => {
    const score = attribute("churn", { type: "number", source: "score", model: "churn-v12", labels: ["personal"] });
    await createAttribute(world.as("author"), score, world.engine);
    expect((await loadCatalogue(world.database.db)).attributes.get("churn")).toEqual(score);
    expect((await world.engine.storedAttributes()).get("churn")).toBe("number");
    const entry = await world.database.db.auditEntry.findFirst({ orderBy: { sequence: "desc" } });
    expect(entry).toMatchObject({ action: "attribute.created", subjectId: "churn" });
  });

  test("a key that is taken is refused, and so is a type other than the stored one", async () => {
    const again = createAttribute(world.as("author"), attribute("plan"), world.engine);
    expect(await refusal(again)).toBe("conflict key-taken");
    await world.engine.addAttributes([attribute("stored_only", { type: "number" })]);
    const other = createAttribute(world.as("author"), attribute("stored_only"), world.engine);
    expect(await refusal(other)).toBe("conflict attribute-type-changed");
    expect((await loadCatalogue(world.database.db)).attributes.has("stored_only")).toBe(false);
  });

  test("of one key added twice at once, one is there", async () => {
    const add = () => refusal(createAttribute(world.as("author"), attribute("raced"), world.engine));
    expect((await Promise.all([add(), add(), add()])).toSorted()).toEqual([
      "conflict key-taken",
      "conflict key-taken",
      "done",
    ]);
  });

  test("attributes that wait for the store keep nobody from the database", async () => {
    const { promise: free, resolve } = Promise.withResolvers<void>();
    let entered = 0;
    const busy = {
      addAttributes: () => {
        entered += 1;
        return free;
      },
    };
    const waiting = Array.from({ length: 12 }, (_, n) => {
      return createAttribute(world.as("author"), attribute(`late_${n}`), busy);
    });
    await vi.waitFor(() => expect(entered).toBe(waiting.length));
    expect(await world.database.db.person.count()).toBeGreaterThan(0);
    resolve();
    await Promise.all(waiting);
    await world.database.db.attribute.deleteMany({ where: { key: { startsWith: "late_" } } });
  });

  test("purposes and regions likewise; a reserved key is refused by the shape", async () => {
    const purpose = createPurposeSchema.parse({ key: "fraud", name: "Fraud", lawfulBasis: "legitimate_interest" });
    expect(await refusal(createPurpose(world.as("author"), purpose))).toBe("forbidden missing-permission");
    await createPurpose(world.as("admin"), purpose);
    expect(await refusal(createPurpose(world.as("admin"), purpose))).toBe("conflict key-taken");
    const region = createRegionSchema.parse({ key: "uk", name: "United Kingdom" });
    await createRegion(world.as("admin"), region);
    expect(await refusal(createRegion(world.as("viewer"), region))).toBe("forbidden missing-permission");
    expect(createRegionSchema.safeParse({ key: "__proto__", name: "x" }).success).toBe(false);
    expect(createAttributeSchema.safeParse({ key: "constructor", name: "x", type: "string" }).success).toBe(false);
  });
});

describe("listing the catalogue", () => {
  test("says how many customers have an attribute and how many segments use it", async () => {
    const { items } = await listAttributes(world.as("support"), world.engine);
    expect(items.find(({ key }) => key === "plan")).toMatchObject({ customers: 400, missing: 0, segments: 1 });
    expect(items.find(({ key }) => key === "spend")).toMatchObject({ customers: 300, missing: 100, segments: 0 });
  });

  test("of an attribute that is stored nowhere says that everyone lacks it", async () => {
    await world.database.db.attribute.create({ data: { key: "nowhere", name: "Nowhere", type: "string" } });
    const { items } = await listAttributes(world.as("support"), world.engine);
    expect(items.find(({ key }) => key === "nowhere")).toMatchObject({ customers: 0, missing: 400 });
  });

  test("counts again once customers have changed", async () => {
    const id = "late";
    await world.engine.upsert([{ id, region: "eu", consents: [], objections: [], attributes: { spend: 1 } }]);
    const { items } = await listAttributes(world.as("support"), world.engine);
    expect(items.find(({ key }) => key === "spend")).toMatchObject({ customers: 301, missing: 100 });
  });

  test("of purposes and regions says who uses them", async () => {
    const purposes = (await listPurposes(world.as("viewer"))).items;
    expect(purposes.find(({ key }) => key === "service")).toMatchObject({ segments: 1, lawfulBasis: "contract" });
    const regions = (await listRegions(world.as("support"), world.engine)).items;
    expect(regions.find(({ key }) => key === "eu")).toMatchObject({ segments: 1, customers: 321 });
  });
});

describe("statistics of an attribute", () => {
  test("are exact for who may look customers up", async () => {
    const plan = await attributeStatistics(world.as("support"), "plan", world.engine);
    expect(plan.values).toEqual(expect.arrayContaining([{ value: "premium", customers: 200 }]));
    expect(await attributeStatistics(world.as("support"), "spend", world.engine)).toMatchObject({ greatest: 398 });
  });

  test("tell others no rare value, no end of a range and no value of a personal attribute", async () => {
    const rare = {
      id: "rare",
      region: "eu",
      consents: [],
      objections: [],
      attributes: { plan: "only-one", raced: "x" },
    };
    await world.engine.upsert([rare]);
    const plan = await attributeStatistics(world.as("author"), "plan", world.engine);
    expect(plan.values.map(({ value, customers }) => [value, customers % 10])).toEqual([
      [expect.stringMatching(/premium|free/), 0],
      [expect.stringMatching(/premium|free/), 0],
    ]);
    expect(await attributeStatistics(world.as("author"), "spend", world.engine)).toMatchObject({
      least: null,
      greatest: null,
    });
    await world.database.db.attribute.update({ where: { key: "plan" }, data: { labels: ["personal"] } });
    expect((await attributeStatistics(world.as("author"), "plan", world.engine)).values).toEqual([]);
  });

  test("tell a personal value or range to nobody, labelled or not", async () => {
    await world.engine.upsert(
      Array.from({ length: 12 }, (_, n) => ({
        ...{ id: `mail-${n}`, region: "eu", consents: [], objections: [] },
        attributes: { plan: "bo@x.test" },
      })),
    );
    const { attribute } = world.database.db;
    const told = async (name: "support" | "admin" | "author" | "privacy", key = "plan") =>
      attributeStatistics(world.as(name), key, world.engine);
    await attribute.update({ where: { key: "plan" }, data: { labels: [] } });
    for (const name of ["support", "admin", "author", "privacy"] as const) {
      expect(JSON.stringify((await told(name)).values)).not.toContain("bo@x.test");
    }
    await attribute.updateMany({ data: { labels: ["personal"] } });
    for (const name of ["support", "privacy"] as const) {
      expect((await told(name)).values).toEqual([]);
      expect(await told(name, "spend")).toMatchObject({ least: null, greatest: null });
    }
    await attribute.updateMany({ data: { labels: [] } });
  });

  test("of an attribute that does not exist are not found", async () => {
    expect(await refusal(attributeStatistics(world.as("viewer"), "nothing", world.engine))).toBe("not-found not-found");
  });
});
