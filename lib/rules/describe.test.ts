import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AttributeType, attributeSchema, catalogueOf } from "../catalogue/definition";
import { anyRuleCase } from "../testing/rule-arbitraries";
import type { Condition, Rule, TreeNode } from "./definition";
import { describe as describeRule } from "./describe";
import { conditionPhrases, describeCondition, describeNode, leavesOf, subjectName } from "./describe-condition";
import { lowerFirst, sentence } from "./phrase";

const attribute = (key: string, name: string, type: AttributeType, unit?: string) =>
  attributeSchema.parse({ key, name, type, ...(unit ? { unit } : {}) });

const catalogue = {
  ...catalogueOf({
    attributes: [
      attribute("plan", "Plan", "string"),
      attribute("last_order", "Last order", "timestamp"),
      attribute("churn", "Churn score", "number", "of 1.00"),
      attribute("tickets", "Support tickets", "number"),
      attribute("api_calls", "API calls", "number"),
      attribute("newsletter", "Newsletter", "boolean"),
      attribute("interests", "Interests", "string_set"),
    ],
    purposes: [{ key: "marketing", name: "Marketing", lawfulBasis: "consent", description: "" }],
    regions: [
      { key: "eu", name: "EU", description: "" },
      { key: "uk", name: "UK", description: "" },
    ],
  }),
  segments: new Map([["fraud", { name: "Fraud hold: new device" }]]),
  lists: new Map([["press", { name: "Press and partners" }]]),
};

const plan: Rule = { attribute: "plan", operator: "in", value: ["premium", "business"] };
const quietFor90Days: Rule = { attribute: "last_order", operator: "not_within_last", value: { n: 90, unit: "days" } };
const churn: Rule = { attribute: "churn", operator: "at_least", value: 0.6 };
const tickets: Rule = { attribute: "tickets", operator: "between", value: [3, 1_000] };
const fraud: Rule = { segment: "fraud", operator: "member" };
const press: Rule = { list: "press", operator: "listed" };

describe("a rule reads as a sentence", () => {
  const cases: [Rule, string][] = [
    [plan, "Customers whose plan is premium or business."],
    [
      { all: [plan, quietFor90Days, { any: [churn, tickets] }, { none: [fraud, press] }] },
      "Customers whose plan is premium or business, whose last order is not within the last 90 days, and any of: " +
        "churn score at least 0.6 of 1.00, support tickets between 3 and 1,000; but none of: in Fraud hold: new device, on Press and partners.",
    ],
    [
      { any: [plan, { all: [churn, fraud] }] },
      "Customers for whom any of: plan is one of premium or business, all of (churn score at least 0.6 of 1.00, in Fraud hold: new device).",
    ],
    [{ none: [plan] }, "Customers for whom none of: plan is one of premium or business."],
    [{ all: [{ none: [plan] }] }, "Customers for whom none of: plan is one of premium or business."],
    [
      { all: [{ any: [plan] }, churn] },
      "Customers for whom any of: plan is one of premium or business; and whose churn score is at least 0.6 of 1.00.",
    ],
    [
      { attribute: "interests", operator: "contains_all", value: ["a", "b", "c"] },
      "Customers with a, b and c among interests.",
    ],
    [
      { attribute: "interests", operator: "contains_none", value: ["a", "b"] },
      "Customers with none of a or b among interests.",
    ],
    [{ attribute: "newsletter", operator: "equals", value: true }, "Customers whose newsletter is yes."],
    [{ attribute: "newsletter", operator: "is_not_set" }, "Customers whose newsletter is not set."],
    [
      { attribute: "api_calls", operator: "greater_than", value: 1_000_000.5 },
      "Customers whose API calls is more than 1,000,000.5.",
    ],
    [
      { attribute: "last_order", operator: "before", value: "2024-02-29T00:00:00.000Z" },
      "Customers whose last order is before 29 Feb 2024.",
    ],
    [
      { attribute: "last_order", operator: "after", value: "2024-02-29T09:12:00.000Z" },
      "Customers whose last order is after 29 Feb 2024, 09:12 UTC.",
    ],
    [{ attribute: "gone", operator: "is_set" }, "Customers whose gone is set."],
  ];
  test.each(cases)("%j", (rule, text) => expect(sentence(describeRule(rule, catalogue))).toBe(text));

  test("of many values it tells eight and how many more", () => {
    const value = Array.from({ length: 1_000 }, (_, n) => `v${n}`);
    expect(sentence(describeRule({ attribute: "plan", operator: "in", value }, catalogue))).toMatch(
      /v7 or 992 more\.$/,
    );
  });
});

describe("a condition in short", () => {
  const cases: [Rule, string, string][] = [
    [plan, "Plan premium or business", "Plan is one of premium, business"],
    [{ attribute: "plan", operator: "equals", value: "free" }, "Plan free", "Plan is free"],
    [quietFor90Days, "Last order not within 90 days", "Last order not within last 90 days"],
    [churn, "Churn score at least 0.6 of 1.00", "Churn score at least 0.6 of 1.00"],
    [tickets, "Support tickets between 3 and 1,000", "Support tickets between 3 and 1,000"],
    [{ attribute: "plan", operator: "is_set" }, "Plan is set", "Plan is set"],
    [fraud, "In Fraud hold: new device", "Segment member of Fraud hold: new device"],
    [{ list: "press", operator: "not_listed" }, "Not on Press and partners", "List not listed in Press and partners"],
  ];
  test.each(cases)("%j", (condition, short, line) => {
    expect(describeCondition(condition as Condition, catalogue)).toBe(short);
    expect(sentence(conditionPhrases(condition as Condition, catalogue))).toBe(line);
  });
});

describe("any node in short", () => {
  const cases: [TreeNode, string][] = [
    [{ any: [churn, tickets, plan, fraud, churn] }, "Any of: churn score, support tickets, plan, 1 more"],
    [{ none: [{ guard: "objection", purpose: "marketing" }] }, "No objection to marketing"],
    [{ guard: "consent", purpose: "marketing" }, "Consent for marketing"],
    [{ guard: "region", regions: ["eu", "uk"] }, "Region EU or UK"],
    [{ guard: "rollout", salt: "s", below: 250 }, "Rollout of 2.5 %"],
    [{ guard: "listed", entries: [{ customerId: "c" }] }, "1 customer listed by hand"],
  ];
  test.each(cases)("%j", (node, text) => expect(describeNode(node, catalogue)).toBe(text));
});

test("every generated rule's sentence names every condition, each once", () => {
  fc.assert(
    fc.property(anyRuleCase, ({ rule, catalogue: generated }) => {
      const named = describeRule(rule, generated).filter(({ kind }) => kind === "attribute");
      const wanted = leavesOf(rule).flatMap((leaf) =>
        "guard" in leaf ? [] : [lowerFirst(subjectName(leaf, generated))],
      );
      expect(named.map(({ text }) => text).sort()).toEqual(wanted.sort());
    }),
    { numRuns: 1_000 },
  );
});
