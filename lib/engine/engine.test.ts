import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Attribute, attributeSchema, catalogueOf } from "../catalogue/definition";
import { guardedRule } from "../guards/guarded-rule";
import type { Profile, Rule } from "../rules/definition";
import { testEngines } from "../testing/engines";
import type { Engine } from "./engine";

const asOf = Date.parse("2026-11-01T00:00:00Z");
const attributes: Attribute[] = [
  attributeSchema.parse({ key: "plan", name: "Plan", type: "string" }),
  attributeSchema.parse({ key: "spend", name: "Spend", type: "number" }),
  attributeSchema.parse({ key: "active", name: "Active", type: "boolean" }),
  attributeSchema.parse({ key: "seen_at", name: "Seen", type: "timestamp" }),
  attributeSchema.parse({ key: "tags", name: "Tags", type: "string_set" }),
];
const catalogue = catalogueOf({
  purposes: [{ key: "marketing", name: "Marketing", lawfulBasis: "consent", description: "" }],
});

let engine: Engine;

describe.each(Object.entries(testEngines))("%s", { timeout: 60_000 }, (_, open) => {
  beforeEach(async () => {
    engine = await open();
    await engine.addAttributes(attributes);
  });
  afterEach(() => engine.close());

  describe("profiles", () => {
    const full: Profile = {
      id: "007",
      region: "eu",
      consents: ["marketing"],
      objections: ["research"],
      attributes: { plan: "Zoë 👩‍👩‍👧", spend: 2 ** 53, active: false, seen_at: -1, tags: ["b", "a"] },
    };

    test("come back as they were stored", async () => {
      await engine.upsert([full]);
      const found = await engine.get("007");
      expect(found).toEqual({ ...full, attributes: { ...full.attributes, tags: expect.arrayContaining(["a", "b"]) } });
    });

    test("are normalised: NFC, trimmed, empty is missing, no minus zero, an empty set is a value", async () => {
      await engine.upsert([
        { ...bare("1"), attributes: { plan: " Zoe\u0308\u00a0", spend: -0, tags: [] } },
        { ...bare("2"), attributes: { plan: "  " } },
      ]);
      expect(await engine.get("1")).toEqual({ ...bare("1"), attributes: { plan: "Zoë", spend: 0, tags: [] } });
      expect((await engine.get("2"))?.attributes).toEqual({});
    });

    test("replace the ones with the same id, the last of a batch winning", async () => {
      expect(await engine.upsert([bare("0"), bare("00")])).toEqual({ inserted: 2, updated: 0 });
      const batch = [withPlan("0", "a"), withPlan("0", "b"), withPlan("123456789012345678901234567890", "c")];
      expect(await engine.upsert(batch)).toEqual({ inserted: 1, updated: 1 });
      expect(await engine.population()).toBe(3);
      expect((await engine.get("0"))?.attributes).toEqual({ plan: "b" });
      expect(await engine.findIds("0", 10)).toEqual(["0", "00"]);
    });

    test("that do not fit the catalogue are refused as a whole", async () => {
      const wrong: Profile[] = [
        { ...bare("1"), attributes: { plan: 7 } },
        { ...bare("1"), attributes: { spend: Number.NaN } },
        { ...bare("1"), attributes: { seen_at: 0.5 } },
        { ...bare("1"), attributes: { unheard_of: "x" } },
        bare(""),
      ];
      for (const profile of wrong)
        await expect(engine.upsert([bare("9"), profile])).rejects.toMatchObject({ code: "invalid" });
      expect(await engine.population()).toBe(0);
      expect(await engine.changedAt()).toBeNull();
    });

    test("keep consents beyond 64 purposes apart", async () => {
      const purposes = Array.from({ length: 130 }, (_, index) => `p${index}`);
      await engine.upsert([{ ...bare("1"), consents: purposes.slice(0, 65) }]);
      await engine.upsert([{ ...bare("2"), consents: purposes.slice(64), objections: ["p129"] }]);
      expect((await engine.get("2"))?.consents).toEqual(purposes.slice(64));
      expect((await engine.get("2"))?.objections).toEqual(["p129"]);
      expect((await engine.get("1"))?.consents).toEqual(purposes.slice(0, 65));
    });
  });

  describe("storage", () => {
    test("gains attributes without touching the rows, and refuses another type for one", async () => {
      await engine.upsert([withPlan("1", "free")]);
      await engine.addAttributes([
        attributeSchema.parse({ key: "churn", name: "Churn", type: "number" }),
        ...attributes,
      ]);
      await engine.upsert([{ ...bare("2"), attributes: { churn: 0.5 } }]);
      expect(await engine.count(ruled({ attribute: "churn", operator: "is_not_set" }), asOf)).toBe(1);
      const retyped = attributeSchema.parse({ key: "churn", name: "Churn", type: "string" });
      await expect(engine.addAttributes([retyped])).rejects.toMatchObject({
        code: "conflict",
        message: /number.*string/,
      });
    });

    test("of strings and sets with thousands of values answers as of few", async () => {
      const many = Array.from(
        { length: 5_000 },
        (_, n): Profile => ({
          ...bare(`c${n}`),
          attributes: { plan: `plan ${n}`, tags: [`tag ${n % 700}`, "all"] },
        }),
      );
      const questions: Rule[] = [
        { attribute: "plan", operator: "ends_with", value: "1" },
        { attribute: "plan", operator: "in", value: ["plan 1", "plan 2", "plan 3", "plan 4", "plan 4999", "none"] },
        { attribute: "tags", operator: "contains_all", value: ["tag 3", "all"] },
        { attribute: "tags", operator: "contains_none", value: ["tag 3", "tag 4", "tag 5", "tag 6", "x"] },
      ];
      const answers = async () => Promise.all(questions.map((rule) => engine.count(ruled(rule), asOf)));
      await engine.upsert(many.slice(0, 400));
      expect(await answers()).toEqual([40, 4, 1, 396]);
      await engine.upsert(many);
      expect(await answers()).toEqual([500, 5, 8, 4_968]);
      expect((await engine.get("c4321"))?.attributes).toEqual({ plan: "plan 4321", tags: ["tag 121", "all"] });
    });
  });

  describe("questions", () => {
    test("a rule that names an attribute that is not stored is an error, not an empty segment", async () => {
      const rule = ruled({ attribute: "unheard_of", operator: "is_set" });
      await expect(engine.counts(rule, asOf)).rejects.toMatchObject({ code: "invalid", reason: "unreadable-rule" });
    });

    test("lists of 10,000 customers, half of them expired", async () => {
      await engine.upsert(Array.from({ length: 20_000 }, (_, n) => bare(`c${n}`)));
      const include = Array.from({ length: 10_000 }, (_, n) => ({
        customerId: `c${n}`,
        reason: "",
        expiresAt: new Date(asOf + (n % 2)).toISOString(),
      }));
      const rule = ruled({ attribute: "plan", operator: "is_set" }, include);
      const counts = await engine.counts(rule, asOf);
      expect(counts).toMatchObject({ population: 20_000, matched: 0, included: 5_000, members: 5_000 });
      const pages: string[] = [];
      for await (const page of engine.members(rule, asOf)) pages.push(...page);
      expect(pages).toEqual([...pages].sort());
      expect(pages).toHaveLength(5_000);
    });

    test("impact names who enters, leaves and stays, and because of what", async () => {
      await engine.upsert([withPlan("1", "a"), withPlan("2", "b"), withPlan("3", "c")]);
      const before = ruled({ attribute: "plan", operator: "in", value: ["a", "b"] });
      const after = ruled({ attribute: "plan", operator: "in", value: ["b", "c"] });
      expect(await engine.impact(before, after, asOf, { samples: 5 })).toEqual({
        ...{ entering: 1, leaving: 1, staying: 1 },
        byCause: [{ cause: "rule", entering: 1, leaving: 1 }],
        samples: { entering: [{ id: "3", cause: "rule" }], leaving: [{ id: "1", cause: "rule" }] },
      });
    });

    test("statistics give the frequent values, the bounds and how many lack the attribute", async () => {
      await engine.upsert([
        { ...withPlan("1", "a"), attributes: { plan: "a", spend: 3, tags: ["x", "y"] } },
        { ...withPlan("2", "a"), region: "us", attributes: { plan: "a", spend: -1, tags: ["y"] } },
        bare("3"),
      ]);
      expect(await engine.statistics("plan")).toEqual({
        customers: 3,
        missing: 1,
        values: [{ value: "a", customers: 2 }],
      });
      expect(await engine.statistics("spend")).toEqual({
        customers: 3,
        missing: 1,
        values: [],
        least: -1,
        greatest: 3,
      });
      expect((await engine.statistics("tags")).values[0]).toEqual({ value: "y", customers: 2 });
      expect(await engine.byRegion()).toEqual([
        { region: "eu", customers: 2 },
        { region: "us", customers: 1 },
      ]);
      await expect(engine.statistics("unheard_of")).rejects.toMatchObject({ code: "not-found" });
    });

    test("quantiles part those who have a number, from the least to the greatest", async () => {
      const spends = [9, 1, 5, 3, 7];
      await engine.upsert([
        ...spends.map((spend, index) => ({ ...bare(`q${index}`), attributes: { spend } })),
        bare("without"),
      ]);
      expect(await engine.quantiles("spend", 4)).toEqual([1, 3, 5, 7, 9]);
      await expect(engine.quantiles("plan", 4)).rejects.toMatchObject({ reason: "not-numeric" });
    });

    test("quantiles of nobody are none", async () => {
      expect(await engine.quantiles("spend", 4)).toEqual([]);
    });

    test("a cancelled count stops and leaves its connection to the next", async () => {
      await engine.upsert(Array.from({ length: 30_000 }, (_, n) => withPlan(`c${n}`, `plan ${n}`)));
      const slow: Rule = {
        all: Array.from({ length: 150 }, (_, n): Rule => ({ attribute: "plan", operator: "contains", value: `${n}x` })),
      };
      const cancelled = Array.from({ length: 6 }, () => {
        const controller = new AbortController();
        const counting = engine.counts(ruled(slow), asOf, { signal: controller.signal });
        setTimeout(() => controller.abort(new Error("superseded")), 5);
        return expect(counting).rejects.toThrow("superseded");
      });
      await Promise.all(cancelled);
      expect(await engine.count(ruled({ attribute: "plan", operator: "is_set" }), asOf)).toBe(30_000);
    });
  });
});

function bare(id: string): Profile {
  return { id, region: "eu", consents: ["marketing"], objections: [], attributes: {} };
}

function withPlan(id: string, plan: string): Profile {
  return { ...bare(id), attributes: { plan } };
}

type Entry = { customerId: string; reason: string; expiresAt?: string };

function ruled(rule: Rule, include: Entry[] = []) {
  const definition = { rule, include, exclude: [] };
  return guardedRule({ key: "sample", purposes: ["marketing"], regions: ["eu", "us"], definition }, catalogue);
}
