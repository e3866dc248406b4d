import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attributeSchema, catalogueOf } from "../catalogue/definition";
import { anyRuleCase } from "../testing/rule-arbitraries";
import { toBuilder } from "./builder";
import { checkRule } from "./check";
import { checkStructure } from "./check-structure";
import type { Rule } from "./definition";
import { describe as describeRule } from "./describe";
import { diffLines } from "./diff-lines";
import { sentence } from "./phrase";

const catalogue = catalogueOf({
  attributes: [attributeSchema.parse({ key: "plan", name: "Plan", type: "timestamp" })],
});

describe("a rule being written may be kept", () => {
  test.each([
    ["an empty group", { all: [] }],
    ["a condition that names nothing yet", { attribute: "", operator: "" }],
    ["a condition without a value", { all: [{ attribute: "plan", operator: "equals" }] }],
    ["a value of another type", { attribute: "plan", operator: "between", value: "a" }],
    ["half a range", { attribute: "plan", operator: "between", value: [1, null] }],
    ["an unknown attribute and operator", { any: [{ attribute: "x", operator: "resembles", value: null }] }],
    ["a segment not chosen yet", { segment: "", operator: "member" }],
  ])("with %s", (_title, rule) => expect(checkStructure(rule)).toEqual([]));
});

describe("what is no tree of groups and conditions may not", () => {
  test.each([
    ["a number among the children", { all: [5] }, "not-a-rule", "all[0]"],
    ["a group that is no list", { any: "x" }, "not-a-list", "any"],
    ["an empty node", { all: [{}] }, "unknown-node", "all[0]"],
    ["an unknown field", { all: [], colour: 1 }, "unknown-field", ""],
    ["a key that is no text", { attribute: {}, operator: "equals" }, "not-a-text", "attribute"],
    ["no operator", { attribute: "plan" }, "not-a-text", "operator"],
    ["an object as value", { attribute: "plan", operator: "equals", value: { a: 1 } }, "bad-value", "value"],
    ["lists within a list", { attribute: "plan", operator: "in", value: [["a"]] }, "bad-value", "value"],
  ])("%s", (_title, rule, code, path) => {
    expect(checkStructure(rule)).toContainEqual(expect.objectContaining({ code, path, severity: "blocking" }));
  });
});

test("every sound rule is a sound tree", () => {
  fc.assert(
    fc.property(anyRuleCase, ({ rule }) => {
      expect(checkStructure(rule)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

const anyLeaf = fc.record(
  {
    attribute: fc.constantFrom("", "plan"),
    operator: fc.constantFrom("", "equals", "between", "in", "within_last", "before", "resembles"),
    value: fc.oneof(
      fc.constantFrom(null, "", "x", 5, true, [null], [1, null], ["a", 5]),
      fc.constantFrom({ n: 1.5, unit: "weeks" }, { n: 1, unit: "weeks" }),
    ),
  },
  { requiredKeys: ["attribute", "operator"], noNullPrototype: true },
);
const anyDraft = fc
  .array(
    fc.oneof(
      anyLeaf,
      fc.array(anyLeaf, { maxLength: 2 }).map((any) => ({ any })),
    ),
    { maxLength: 3 },
  )
  .map((all) => ({ all }));

test("whatever may be kept can be shown, compared, edited and checked", () => {
  fc.assert(
    fc.property(anyDraft, anyDraft, (draft, other) => {
      expect(checkStructure(draft)).toEqual([]);
      const [rule, second] = [draft as Rule, other as Rule];
      expect(sentence(describeRule(rule, catalogue))).not.toMatch(/undefined|null|NaN/);
      diffLines(rule, second, catalogue);
      toBuilder(rule);
      checkRule(rule, catalogue);
    }),
    { numRuns: 1_000 },
  );
});
