import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyInstant } from "../testing/condition-arbitraries";
import { anyCatalogue, anyRule } from "../testing/rule-arbitraries";
import { type BuilderQuery, fromBuilder, listField, segmentField, toBuilder } from "./builder";
import type { Rule } from "./definition";

const plan: Rule = { attribute: "plan", operator: "in", value: ["a", "b"] };
const known: Rule = { attribute: "plan", operator: "is_set" };

describe("the builder's form of a rule", () => {
  const cases: [title: string, rule: Rule][] = [
    ["a bare condition", plan],
    ["a group of one condition", { all: [plan] }],
    ["groups in one another", { none: [{ none: [{ any: [{ all: [known] }] }] }, plan] }],
    [
      "segments and lists",
      {
        any: [
          { segment: "a", operator: "not_member" },
          { list: "b", operator: "listed" },
        ],
      },
    ],
    ["an attribute called segment", { attribute: "segment", operator: "equals", value: false }],
    [
      "zero, and a window",
      {
        all: [
          { attribute: "n", operator: "equals", value: 0 },
          { attribute: "t", operator: "within_last", value: { n: 1, unit: "days" } },
        ],
      },
    ],
  ];
  test.each(cases)("keeps %s", (_title, rule) => expect(fromBuilder(toBuilder(rule))).toEqual(rule));

  test("names each row by its place, the same every time", () => {
    expect(toBuilder({ all: [plan, { none: [known] }] })).toEqual({
      id: "row",
      combinator: "all",
      rules: [
        { id: "row-0", field: "plan", operator: "in", value: ["a", "b"] },
        {
          id: "row-1",
          combinator: "none",
          rules: [{ id: "row-1-0", field: "plan", operator: "is_set", value: undefined }],
        },
      ],
    });
  });

  test("becomes a group when a condition joins a bare one", () => {
    const query = toBuilder(plan);
    expect(fromBuilder({ ...query, rules: [...query.rules, ...toBuilder(known).rules] })).toEqual({
      all: [plan, known],
    });
    expect(fromBuilder({ ...query, combinator: "none" })).toEqual({ none: [plan] });
  });

  test("keeps a reference that is not chosen yet, in the form in which a draft can be kept", () => {
    const row = { id: "x", field: segmentField, operator: "member", value: undefined };
    expect(
      fromBuilder({ id: "row", combinator: "any", rules: [row, { ...row, field: listField, operator: "listed" }] }),
    ).toEqual({
      any: [
        { segment: "", operator: "member" },
        { list: "", operator: "listed" },
      ],
    });
  });

  test("keeps a row without a value as a condition without one", () => {
    const row = { id: "x", field: "plan", operator: "equals", value: null };
    expect(fromBuilder({ id: "row", combinator: "any", rules: [row] })).toEqual({
      any: [{ attribute: "plan", operator: "equals" }],
    });
  });
});

const named = (...keys: string[]) => new Map(keys.map((key) => [key, { name: key }]));
const anyReferringRule = fc.tuple(anyCatalogue, anyInstant).chain(([catalogue, asOf]) => {
  const references = { segments: named("fraud-hold", "attribute"), lists: named("press", "segment") };
  return anyRule({ ...catalogue, ...references }, asOf);
});

test("every rule, with references to segments and lists, goes to the builder and back without loss", () => {
  fc.assert(
    fc.property(anyReferringRule, (rule) => {
      expect(fromBuilder(toBuilder(rule))).toEqual(rule);
    }),
    { numRuns: 1_000 },
  );
});

const anyAttributeRow = fc.record(
  {
    field: fc.constantFrom("plan", "spend"),
    operator: fc.constantFrom("equals", "in", "at_least"),
    value: fc.oneof(fc.constant(undefined), fc.integer(), fc.string({ minLength: 1 }), fc.array(fc.string())),
  },
  { noNullPrototype: true },
);
const anyReferenceRow = fc.record(
  {
    field: fc.constantFrom(segmentField, listField),
    operator: fc.constantFrom("member", "not_member", "listed", "not_listed"),
    value: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  },
  { noNullPrototype: true },
);
const anyRow = fc.oneof(anyAttributeRow, anyReferenceRow);

function anyQuery(depth: number): fc.Arbitrary<BuilderQuery> {
  const child = depth === 0 ? anyRow : fc.oneof(anyRow, anyQuery(depth - 1));
  return fc.record(
    { combinator: fc.constantFrom("all", "any", "none"), rules: fc.array(child, { maxLength: 4 }) },
    { noNullPrototype: true },
  );
}

test("every query of the builder, finished or not, goes to a rule and back without loss but of ids", () => {
  const withoutIds = (query: unknown) =>
    JSON.parse(JSON.stringify(query, (key, value) => (key === "id" ? undefined : value)));
  fc.assert(
    fc.property(anyQuery(2), (query) => {
      expect(withoutIds(toBuilder(fromBuilder(query)))).toEqual(withoutIds(query));
    }),
    { numRuns: 1_000 },
  );
});
