import { describe, expect, test } from "vitest";
import { demoAttributes, demoPurposes, demoRegions } from "../../prisma/seed/catalogue";
import { attributeSchema, catalogueOf } from "../catalogue/definition";
import { checkRule } from "../rules/check";
import { attributesOfTemplates, segmentTemplates, type TemplateKey, templateKeys } from "./templates";

const demo = catalogueOf({ attributes: demoAttributes, purposes: demoPurposes, regions: demoRegions });
const statisticsOf = (given: object) => ({
  ...{ customers: 1_000, missing: 0, values: [], least: null, greatest: null },
  ...given,
});
const numbers = (least: number, greatest: number) => statisticsOf({ least, greatest });
const counted = new Map([
  ["monthly_spend", numbers(0, 2_400)],
  ["api_calls_7d", numbers(0, 90_000)],
  ["churn_score", numbers(0.01, 0.98)],
  ["plan", statisticsOf({ values: ["free", "premium", "business"].map((value) => ({ value, customers: 300 })) })],
  ["signed_up_at", statisticsOf({})],
]);

function filled(key: TemplateKey, templates = segmentTemplates(demo, counted)) {
  return templates.find((template) => template.key === key);
}

describe("over the demo's catalogue", () => {
  test("every template is there, and its rule is sound", () => {
    for (const statistics of [undefined, counted])
      for (const template of segmentTemplates(demo, statistics)) {
        expect(template.needs).toBeUndefined();
        expect(checkRule(template.rule, demo).findings).toEqual([]);
      }
  });

  test("each finds the attribute that it is about, with values that fit the data", () => {
    const rules = Object.fromEntries(segmentTemplates(demo, counted).map(({ key, rule }) => [key, rule]));
    expect(rules).toEqual({
      lapsed: { all: [{ attribute: "last_order_at", operator: "not_within_last", value: { n: 90, unit: "days" } }] },
      high_value: { all: [{ attribute: "monthly_spend", operator: "at_least", value: 500 }] },
      at_risk: { all: [{ attribute: "churn_score", operator: "at_least", value: 0.6 }] },
      premium_tier: { all: [{ attribute: "plan", operator: "in", value: ["premium", "business"] }] },
      new_customers: { all: [{ attribute: "signed_up_at", operator: "within_last", value: { n: 30, unit: "days" } }] },
      marketing_consent: { all: [expect.objectContaining({ operator: "is_set" })] },
      heavy_users: { all: [{ attribute: "api_calls_7d", operator: "at_least", value: 20_000 }] },
    });
  });

  test("those that mail customers ask for the marketing purpose", () => {
    const asking = segmentTemplates(demo).filter(({ purposes }) => purposes?.includes("marketing"));
    expect(asking.map(({ key }) => key)).toEqual(["lapsed", "at_risk", "marketing_consent"]);
  });

  test("only what they read is asked for", () => {
    expect(attributesOfTemplates(demo)).toEqual([
      ...["api_calls_7d", "churn_score", "last_order_at", "monthly_spend", "plan", "signed_up_at"],
    ]);
  });
});

describe("over a bare catalogue", () => {
  test("each says what it needs", () => {
    const templates = segmentTemplates(catalogueOf({}));
    expect(templates.map(({ key }) => key)).toEqual(templateKeys);
    for (const { needs, rule } of templates) {
      expect(needs).toMatch(/^a /);
      expect(rule).toBeUndefined();
    }
  });

  test("an attribute of another type, or one labelled special, does not fit", () => {
    const attributes = [
      attributeSchema.parse({ key: "last_order", name: "Last order", type: "string" }),
      attributeSchema.parse({ key: "churn", name: "Churn", type: "number", labels: ["special"] }),
    ];
    const templates = segmentTemplates(catalogueOf({ attributes }));
    expect(templates.filter(({ rule }) => rule)).toEqual([]);
  });

  test("an attribute that no customer has does not fit", () => {
    const attributes = [attributeSchema.parse({ key: "spend", name: "Spend", type: "number" })];
    const nobody = new Map([["spend", statisticsOf({ customers: 10, missing: 10 })]]);
    expect(filled("high_value", segmentTemplates(catalogueOf({ attributes }), nobody))?.rule).toBeUndefined();
  });

  test("a plan without an upper tier among its values offers none", () => {
    const plan = attributeSchema.parse({ key: "plan", name: "Plan", type: "string" });
    const values = new Map([["plan", statisticsOf({ values: [{ value: "a", customers: 5 }] })]]);
    expect(filled("premium_tier", segmentTemplates(catalogueOf({ attributes: [plan] }), values))?.needs).toBeDefined();
  });

  test("everyone is meant also where some lack the attribute", () => {
    const plan = attributeSchema.parse({ key: "plan", name: "Plan", type: "string" });
    const catalogue = catalogueOf({ attributes: [plan], purposes: demoPurposes });
    expect(filled("marketing_consent", segmentTemplates(catalogue))?.rule).toEqual({
      any: [
        { attribute: "plan", operator: "is_set" },
        { attribute: "plan", operator: "is_not_set" },
      ],
    });
  });
});
