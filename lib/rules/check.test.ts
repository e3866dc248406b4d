import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AttributeType, attributeTypes, catalogueOf } from "../catalogue/definition";
import type { Finding } from "../findings";
import { processorTime } from "../testing/processor-time";
import { anyRuleCase } from "../testing/rule-arbitraries";
import { checkRule } from "./check";

const names = {
  string: "plan",
  number: "spend",
  boolean: "newsletter",
  timestamp: "last_order",
  string_set: "interests",
} as const satisfies Record<AttributeType, string>;

const catalogue = catalogueOf({
  attributes: attributeTypes.map((type) => ({
    key: names[type],
    name: names[type],
    type,
    description: "",
    source: "stored",
    labels: [],
  })),
});

function findingsOf(input: unknown): readonly Finding[] {
  const result = checkRule(input, catalogue);
  return result.ok ? [] : result.findings;
}

const plan = { attribute: "plan", operator: "equals", value: "premium" };

function nest(depth: number): unknown {
  let rule: unknown = plan;
  for (let n = 0; n < depth; n += 1) rule = { all: [rule] };
  return rule;
}

type Refusal = [title: string, input: unknown, code: string, path: string, accepted: RegExp];

const refusals: Refusal[] = [
  ["nothing", undefined, "not-a-rule", "", /"all"/],
  ["a text", "plan = premium", "not-a-rule", "", /"all"/],
  ["a list", [plan], "not-a-rule", "", /"all"/],
  ["an empty object", {}, "unknown-node", "", /exactly one of/],
  ["an empty group", { all: [] }, "empty-group", "all", /Add a condition/],
  ["a group that is no list", { any: plan }, "not-a-list", "any", /"any": \[/],
  ["two kinds of group in one", { all: [plan], any: [plan] }, "unknown-field", "", /Use only all/],
  ["an unknown field in a condition", { ...plan, weight: 2 }, "unknown-field", "", /attribute, operator, value/],
  ["a prototype key", JSON.parse('{"__proto__":{"all":[]}}'), "unknown-node", "", /exactly one of/],
  [
    "a prototype key in a condition",
    JSON.parse('{"attribute":"plan","operator":"is_set","__proto__":{}}'),
    "unknown-field",
    "",
    /Use only/,
  ],
  [
    "an attribute of every object",
    { attribute: "constructor", operator: "is_set" },
    "unknown-attribute",
    "attribute",
    /plan/,
  ],
  [
    "an unknown attribute",
    { all: [plan, { attribute: "plann", operator: "is_set" }] },
    "unknown-attribute",
    "all[1].attribute",
    /Did you mean plan\?/,
  ],
  [
    "an attribute like none",
    { attribute: "zzzzzzzzzzzzzz", operator: "is_set" },
    "unknown-attribute",
    "attribute",
    /as plan, spend/,
  ],
  ["a missing attribute", { attribute: null, operator: "is_set" }, "unknown-attribute", "attribute", /Use one/],
  [
    "an operator of another type",
    { ...plan, operator: "at_least" },
    "unknown-operator",
    "operator",
    /equals, not_equals, in/,
  ],
  ["an operator of every object", { ...plan, operator: "toString" }, "unknown-operator", "operator", /equals/],
  ["a missing operator", { attribute: "plan" }, "unknown-operator", "operator", /equals/],
  ["a missing value", { attribute: "plan", operator: "equals" }, "missing-value", "value", /at least one character/],
  ["an empty text", { ...plan, value: " \u00A0 " }, "bad-value", "value", /is_not_set/],
  ["half a character", { ...plan, value: "\uD83D" }, "bad-value", "value", /text/],
  ["a zero character", { ...plan, value: "a\u0000b" }, "bad-value", "value", /text/],
  ["a number for a text", { ...plan, value: 5 }, "bad-value", "value", /text/],
  [
    "a text for a number",
    { attribute: "spend", operator: "at_least", value: "5" },
    "bad-value",
    "value",
    /finite number/,
  ],
  ["NaN", { attribute: "spend", operator: "at_least", value: Number.NaN }, "bad-value", "value", /finite number/],
  [
    "infinity",
    { attribute: "spend", operator: "equals", value: Number.POSITIVE_INFINITY },
    "bad-value",
    "value",
    /finite/,
  ],
  [
    "a range the wrong way round",
    { attribute: "spend", operator: "between", value: [5, 1] },
    "empty-range",
    "value",
    /\[1, 5\]/,
  ],
  [
    "a range of three",
    { attribute: "spend", operator: "between", value: [1, 2, 3] },
    "bad-value",
    "value",
    /two finite/,
  ],
  [
    "text for a boolean",
    { attribute: "newsletter", operator: "equals", value: "true" },
    "bad-value",
    "value",
    /true or false/,
  ],
  [
    "a local time",
    { attribute: "last_order", operator: "before", value: "2026-01-01T00:00:00+01:00" },
    "bad-value",
    "value",
    /UTC/,
  ],
  ["a day alone", { attribute: "last_order", operator: "before", value: "2026-01-01" }, "bad-value", "value", /UTC/],
  [
    "a day that does not exist",
    { attribute: "last_order", operator: "after", value: "2026-02-29T00:00:00Z" },
    "bad-value",
    "value",
    /UTC/,
  ],
  [
    "milliseconds for an instant",
    { attribute: "last_order", operator: "after", value: 0 },
    "bad-value",
    "value",
    /UTC/,
  ],
  [
    "a window of zero",
    { attribute: "last_order", operator: "within_last", value: { n: 0, unit: "days" } },
    "bad-value",
    "value.n",
    /whole number/,
  ],
  [
    "a window of half days",
    { attribute: "last_order", operator: "within_last", value: { n: 1.5, unit: "days" } },
    "bad-value",
    "value.n",
    /whole number/,
  ],
  [
    "a window beyond a century",
    { attribute: "last_order", operator: "within_next", value: { n: 36_501, unit: "days" } },
    "bad-value",
    "value.n",
    /36,500 days/,
  ],
  [
    "a window in weeks",
    { attribute: "last_order", operator: "within_last", value: { n: 1, unit: "weeks" } },
    "bad-value",
    "value.unit",
    /minutes, hours or days/,
  ],
  [
    "a window with more",
    { attribute: "last_order", operator: "within_last", value: { n: 1, unit: "days", of: 1 } },
    "bad-value",
    "value",
    /"n": 30/,
  ],
  ["a list of none", { attribute: "plan", operator: "in", value: [] }, "bad-value", "value", /1 to 1,000/],
  ["a list of numbers", { attribute: "plan", operator: "in", value: ["a", 5] }, "bad-value", "value[1]", /text/],
  [
    "a value twice, one decomposed",
    { attribute: "plan", operator: "in", value: ["é", "e\u0301 "] },
    "duplicate-value",
    "value[1]",
    /value 1/,
  ],
  [
    "a value for is_set",
    { attribute: "plan", operator: "is_set", value: "a" },
    "bad-value",
    "value",
    /Leave the value out/,
  ],
  ["a segment", { segment: "loyal", operator: "member" }, "unsupported-reference", "", /attributes/],
  ["a list by name", { list: "press", operator: "listed" }, "unsupported-reference", "", /attributes/],
  [
    "a segment with an attribute's operator",
    { segment: "loyal", operator: "equals" },
    "unknown-operator",
    "operator",
    /member or not_member/,
  ],
];

describe("a rule is refused with the place and what would be accepted", () => {
  test.each(refusals)("%s", (_title, input, code, path, accepted) => {
    expect(findingsOf(input)).toContainEqual({
      code,
      severity: "blocking",
      path,
      message: expect.any(String),
      resolution: expect.stringMatching(accepted),
    });
  });

  test("every fault is reported at once", () => {
    const input = { all: [{ ...plan, operator: "x" }, { attribute: "nope", operator: "is_set" }, { any: [] }] };
    expect(findingsOf(input).map(({ path }) => path)).toEqual(["all[0].operator", "all[1].attribute", "all[2].any"]);
  });
});

const texts = (count: number, length = 3) => Array.from({ length: count }, (_, n) => String(n).padStart(length, "0"));

const bombs: [title: string, build: () => unknown, code: string][] = [
  ["seven groups deep", () => nest(7), "too-deep"],
  ["ten thousand groups deep", () => nest(10_000), "too-deep"],
  ["201 children", () => ({ all: Array.from({ length: 201 }, () => plan) }), "too-many-children"],
  ["a million children", () => ({ any: Array.from({ length: 1_000_000 }, () => plan) }), "too-many-children"],
  ["201 conditions", () => ({ all: [plan, { any: Array.from({ length: 200 }, () => plan) }] }), "too-many-conditions"],
  ["200 to the sixth conditions, shared", () => shared(6), "too-many-conditions"],
  ["200 to the fifth empty groups, shared", () => shared(5, { all: [] }), "too-many-conditions"],
  ["1,001 values", () => ({ attribute: "plan", operator: "in", value: texts(1_001) }), "too-many-values"],
  ["a million values", () => ({ attribute: "plan", operator: "in", value: texts(1_000_000) }), "too-many-values"],
  ["a text of 1,001 characters", () => ({ ...plan, value: "a".repeat(1_001) }), "too-long"],
  ["a text of 50 million characters", () => ({ ...plan, value: "é".repeat(50_000_000) }), "too-long"],
  ["such a text among others", () => ({ ...plan, operator: "in", value: ["a", "é".repeat(5_000_000)] }), "too-long"],
  ["such a key", () => ({ ...plan, attribute: "a".repeat(5_000_000) }), "too-long"],
  ["such an operator", () => ({ ...plan, operator: "a".repeat(5_000_000) }), "too-long"],
  ["such a field", () => ({ ...plan, ["a".repeat(5_000_000)]: 1 }), "unknown-field"],
  ["200 unknown names", () => ({ any: names200() }), "unknown-attribute"],
  ["a tree that contains itself", () => itself(), "too-deep"],
];

function shared(depth: number, leaf: unknown = plan): unknown {
  let rule = leaf;
  for (let n = 0; n < depth; n += 1) rule = { all: Array.from({ length: 200 }, () => rule) };
  return rule;
}

function names200(): unknown[] {
  return Array.from({ length: 200 }, (_, n) => ({ attribute: `${"x".repeat(60)}${n}`, operator: "is_set" }));
}

function itself(): unknown {
  const all: unknown[] = [];
  const rule = { all };
  all.push(rule);
  return rule;
}

describe("a rule beyond a bound is refused in under 50 ms", () => {
  test.each(bombs)("%s", (_title, build, code) => {
    const input = build();
    const findings = findingsOf(input);
    expect(Math.min(...[1, 2, 3].map(() => processorTime(() => findingsOf(input))))).toBeLessThan(50);
    expect(findings[0]).toMatchObject({ code, severity: "blocking" });
    expect(JSON.stringify(findings).length).toBeLessThan(10_000);
  });

  test("at the bounds it is accepted", () => {
    expect(findingsOf(nest(6))).toEqual([]);
    expect(findingsOf({ all: Array.from({ length: 200 }, () => plan) })).toEqual([]);
    expect(findingsOf({ attribute: "plan", operator: "in", value: texts(1_000) })).toEqual([]);
    expect(findingsOf({ ...plan, value: "a".repeat(1_000) })).toEqual([]);
  });
});

describe("an accepted rule", () => {
  test.each([
    ["text is normalised and trimmed", { ...plan, value: " e\u0301 " }, { ...plan, value: "é" }],
    [
      "an instant gains milliseconds",
      { attribute: "last_order", operator: "before", value: "2024-02-29T00:00:00Z" },
      { attribute: "last_order", operator: "before", value: "2024-02-29T00:00:00.000Z" },
    ],
    [
      "minus zero becomes zero",
      { attribute: "spend", operator: "between", value: [-0, -0] },
      { attribute: "spend", operator: "between", value: [0, 0] },
    ],
  ])("%s", (_title, input, rule) => {
    expect(checkRule(input, catalogue)).toEqual({ ok: true, rule, findings: [] });
  });

  test("may name segments and lists once the vocabulary knows them", () => {
    const input = {
      all: [
        { segment: "loyal", operator: "member" },
        { list: "press", operator: "not_listed" },
      ],
    };
    const known = {
      ...catalogue,
      segments: new Map([["loyal", { name: "Loyal" }]]),
      lists: new Map([["press", { name: "Press" }]]),
    };
    expect(checkRule(input, known)).toEqual({ ok: true, rule: input, findings: [] });
    expect(checkRule({ segment: "loya", operator: "member" }, known)).toMatchObject({
      findings: [{ code: "unknown-segment", path: "segment", resolution: "Did you mean loyal?" }],
    });
  });

  test("every generated rule is accepted as it is", () => {
    fc.assert(
      fc.property(anyRuleCase, ({ rule, catalogue: generated }) => {
        expect(checkRule(rule, generated)).toMatchObject({ ok: true, rule });
      }),
      { numRuns: 500 },
    );
  });

  test("whatever the input, checking answers instead of throwing", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (input) => {
        checkRule(input, catalogue);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a rule is warned of what can never hold", () => {
  test.each([
    ["two values at once", { all: [plan, { ...plan, value: "free" }] }, "never-holds", "all"],
    ["disjoint lists", { all: [plan, { ...plan, operator: "in", value: ["a", "b"] }] }, "never-holds", "all"],
    ["present and absent", { all: [plan, { attribute: "plan", operator: "is_not_set" }] }, "never-holds", "all"],
    [
      "an empty range",
      {
        all: [
          { attribute: "spend", operator: "at_least", value: 5 },
          { attribute: "spend", operator: "less_than", value: 5 },
        ],
      },
      "never-holds",
      "all",
    ],
    ["a repetition", { any: [plan, plan] }, "repeated-condition", "any[1]"],
  ])("%s", (_title, input, code, path) => {
    expect(checkRule(input, catalogue)).toMatchObject({ ok: true, findings: [{ code, path, severity: "warning" }] });
  });

  test("but not of a range with one number in it", () => {
    const at = (operator: string) => ({ attribute: "spend", operator, value: 5 });
    expect(checkRule({ all: [at("at_least"), at("at_most")] }, catalogue)).toMatchObject({ ok: true, findings: [] });
  });
});
