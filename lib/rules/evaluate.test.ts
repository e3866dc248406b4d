import { describe, expect, test } from "vitest";
import type { AttributeValue, Profile, TreeNode } from "./definition";
import { compile, evaluate } from "./evaluate";

const asOf = Date.parse("2024-02-29T12:00:00Z");
const day = 86_400_000;

function profile(attributes: Record<string, AttributeValue> = {}, more: Partial<Profile> = {}): Profile {
  return { id: "c_1", consents: [], objections: [], attributes, ...more };
}

type Row = [title: string, operator: string, value: unknown, actual: AttributeValue | undefined, holds: boolean];
const rows: Row[] = [
  ["text is compared exactly", "equals", "premium", "premium", true],
  ["case matters", "equals", "premium", "Premium", false],
  ["not_equals is false for a missing value", "not_equals", "premium", undefined, false],
  ["not_equals holds for another value", "not_equals", "premium", "free", true],
  ["in finds one of the values", "in", ["a", "b"], "b", true],
  ["not_in is false for a missing value", "not_in", ["a"], undefined, false],
  ["contains finds an emoji", "contains", "👩‍👧", "x👩‍👧y", true],
  ["starts_with reads from the start", "starts_with", "ab", "xab", false],
  ["ends_with reads to the end", "ends_with", "ab", "xab", true],
  ["minus zero equals zero", "equals", 0, -0, true],
  ["minus zero does not differ from zero", "not_equals", 0, -0, false],
  ["2^53 and the next double differ", "equals", 2 ** 53, 2 ** 53 + 2, false],
  ["less_than leaves the bound out", "less_than", 5, 5, false],
  ["at_most takes the bound in", "at_most", 5, 5, true],
  ["greater_than leaves the bound out", "greater_than", 5, 5, false],
  ["at_least takes the bound in", "at_least", 5, 5, true],
  ["between takes the low end in", "between", [1, 2], 1, true],
  ["between takes the high end in", "between", [1, 2], 2, true],
  ["between leaves out what lies beyond", "between", [1, 2], 2.0000001, false],
  ["a boolean equals itself", "equals", false, false, true],
  ["a missing boolean is not false", "equals", false, undefined, false],
  ["before leaves the instant out", "before", "2024-02-29T12:00:00.000Z", asOf, false],
  ["before holds a millisecond earlier", "before", "2024-02-29T12:00:00.000Z", asOf - 1, true],
  ["after leaves the instant out", "after", "2024-02-29T12:00:00.000Z", asOf, false],
  ["within_last leaves its start out", "within_last", { n: 30, unit: "days" }, asOf - 30 * day, false],
  ["within_last begins a millisecond later", "within_last", { n: 30, unit: "days" }, asOf - 30 * day + 1, true],
  ["within_last takes asOf in", "within_last", { n: 30, unit: "days" }, asOf, true],
  ["within_last ends at asOf", "within_last", { n: 30, unit: "days" }, asOf + 1, false],
  ["not_within_last holds at the window's start", "not_within_last", { n: 2, unit: "hours" }, asOf - 7_200_000, true],
  ["not_within_last holds in the future", "not_within_last", { n: 2, unit: "hours" }, asOf + 1, true],
  ["not_within_last is false for a missing value", "not_within_last", { n: 2, unit: "hours" }, undefined, false],
  ["within_next leaves asOf out", "within_next", { n: 5, unit: "minutes" }, asOf, false],
  ["within_next takes its end in", "within_next", { n: 5, unit: "minutes" }, asOf + 300_000, true],
  ["within_next ends there", "within_next", { n: 5, unit: "minutes" }, asOf + 300_001, false],
  ["contains_any needs one", "contains_any", ["a", "b"], ["b", "c"], true],
  ["contains_any of an empty set is false", "contains_any", ["a"], [], false],
  ["contains_all needs each", "contains_all", ["a", "b"], ["b", "c"], false],
  ["contains_none holds for an empty set", "contains_none", ["a"], [], true],
  ["contains_none is false for a missing set", "contains_none", ["a"], undefined, false],
  ["an empty set is set", "is_set", undefined, [], true],
  ["is_not_set holds for a missing value", "is_not_set", undefined, undefined, true],
  ["false and zero are set", "is_set", undefined, false, true],
  ["a value of the wrong type is missing: number for text", "not_equals", "5", 5, false],
  ["a value of the wrong type is missing: text for number", "not_equals", 5, "5", false],
  ["a value of the wrong type is missing: text for a set", "contains_none", ["a"], "b", false],
  ["NaN is missing", "not_equals", 5, Number.NaN, false],
];

describe("a condition", () => {
  test.each(rows)("%s", (_title, operator, value, actual, holds) => {
    const tree = { attribute: "x", operator, ...(value === undefined ? {} : { value }) } as TreeNode;
    expect(evaluate(tree, profile(actual === undefined ? {} : { x: actual }), asOf)).toBe(holds);
  });

  test("over an attribute that no profile has and every object has is over a missing value", () => {
    expect(evaluate({ attribute: "constructor", operator: "is_set" }, profile(), asOf)).toBe(false);
  });
});

describe("a group", () => {
  const yes: TreeNode = { attribute: "x", operator: "is_set" };
  const no: TreeNode = { attribute: "x", operator: "is_not_set" };
  const cases: [string, TreeNode, boolean][] = [
    ["all needs each child", { all: [yes, yes, no] }, false],
    ["all holds when each holds", { all: [yes, yes, yes] }, true],
    ["any needs one child", { any: [no, no, yes] }, true],
    ["any is false without one", { any: [no, no, no] }, false],
    ["none is not any", { none: [no, yes] }, false],
    ["none holds when no child does", { none: [no, no, no] }, true],
    ["none negates plainly over a missing value", { none: [{ attribute: "y", operator: "equals", value: 1 }] }, true],
  ];
  test.each(cases)("%s", (_title, tree, holds) => expect(evaluate(tree, profile({ x: 1 }), asOf)).toBe(holds));
});

describe("a guard", () => {
  const listed = (expiresAt?: number): TreeNode => ({
    guard: "listed",
    entries: [{ customerId: "c_1", ...(expiresAt === undefined ? {} : { expiresAt }) }],
  });
  const cases: [string, TreeNode, Partial<Profile>, boolean][] = [
    ["consent must be granted", { guard: "consent", purpose: "ads" }, { consents: ["mail"] }, false],
    ["granted consent holds", { guard: "consent", purpose: "ads" }, { consents: ["ads"] }, true],
    ["an objection is found", { guard: "objection", purpose: "ads" }, { objections: ["ads"] }, true],
    ["unknown region is no region", { guard: "region", regions: ["eu"] }, {}, false],
    ["one region of several", { guard: "region", regions: ["eu", "uk"] }, { region: "uk" }, true],
    ["a listed customer", listed(), {}, true],
    ["another customer", listed(), { id: "c_2" }, false],
    ["an entry that expires at asOf has expired", listed(asOf), {}, false],
    ["an entry that expires later counts", listed(asOf + 1), {}, true],
    ["a rollout of everyone", { guard: "rollout", salt: "s", below: 10_000 }, {}, true],
    ["a rollout of no one", { guard: "rollout", salt: "s", below: 0 }, {}, false],
  ];
  test.each(cases)("%s", (_title, tree, more, holds) => expect(evaluate(tree, profile({}, more), asOf)).toBe(holds));
});

describe("what the reader does not know is an error when the rule is read", () => {
  test.each([
    ["operator", { attribute: "x", operator: "resembles", value: "a" }],
    ["value", { attribute: "x", operator: "between", value: [1] }],
    ["window", { attribute: "x", operator: "within_last", value: { n: 1, unit: "weeks" } }],
    ["instant", { attribute: "x", operator: "before", value: "yesterday" }],
    ["guard", { guard: "weather" }],
    ["segment", { segment: "loyal", operator: "member" }],
    ["list", { list: "press", operator: "listed" }],
    ["node", { some: [] }],
  ])("%s", (_what, tree) => {
    expect(() => compile({ all: [tree as TreeNode] })).toThrow(expect.objectContaining({ reason: "unreadable-rule" }));
  });
});
