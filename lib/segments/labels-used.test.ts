import { expect, test } from "vitest";
import type { Rule } from "../rules/definition";
import { labelsUsed } from "./labels-used";

const attributes = new Map([
  ["churn", { name: "Churn score", labels: ["personal"] }],
  ["age", { name: "Age", labels: ["special", "personal"] }],
  ["plan", { name: "Plan", labels: [] }],
]);
const has = (attribute: string): Rule => ({ attribute, operator: "is_set" });

test("labels come from every attribute at any depth, each once", () => {
  const rule: Rule = { all: [has("plan"), { none: [has("churn"), { any: [has("age"), has("churn")] }] }] };
  expect(labelsUsed(rule, attributes)).toEqual([
    { label: "personal", attributes: ["Age", "Churn score"] },
    { label: "special", attributes: ["Age"] },
  ]);
});

test("an attribute that the catalogue does not know brings none", () => {
  expect(labelsUsed(has("unknown"), attributes)).toEqual([]);
});
