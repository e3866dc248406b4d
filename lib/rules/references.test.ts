import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyInstant } from "../testing/condition-arbitraries";
import { anyCatalogue, anyProfile, anyRule } from "../testing/rule-arbitraries";
import { childrenOf, groupKindOf, type ListedCustomer, type Rule, type TreeNode } from "./definition";
import { evaluate } from "./evaluate";
import { group } from "./group";
import {
  expandReferences,
  hasBareReference,
  referencesOf,
  resolvedReferencesOf,
  resolveReferences,
} from "./references";

const anyEntries: fc.Arbitrary<ListedCustomer[]> = fc.array(
  fc.record(
    { customerId: fc.nat(20).map((n) => `c_${n}`), expiresAt: fc.constantFrom(0, 4_102_444_800_000) },
    { requiredKeys: ["customerId"] },
  ),
  { maxLength: 6 },
);

const anyReference = fc.constantFrom<Rule>(
  { segment: "loyal", operator: "member" },
  { segment: "loyal", operator: "not_member" },
  { list: "press", operator: "listed" },
  { list: "press", operator: "not_listed" },
);

/** A rule with references, what they stand for, and customers. */
const anyReferring = fc.tuple(anyCatalogue, anyInstant).chain(([catalogue, asOf]) =>
  fc.record({
    rule: fc
      .tuple(anyRule(catalogue, asOf), fc.array(anyReference, { minLength: 1, maxLength: 3 }))
      .chain(([own, references]) =>
        fc.constantFrom<Rule>(
          { all: [own, ...references] },
          { any: [...references, own] },
          { none: [{ all: references }, own] },
        ),
      ),
    loyal: anyRule(catalogue, asOf),
    entries: anyEntries,
    profiles: fc.array(anyProfile(catalogue, asOf), { minLength: 1, maxLength: 5 }),
    asOf: fc.constant(asOf),
  }),
);

/** The other's rule, written out by hand where the reference stands. */
function writtenOut(rule: Rule, loyal: Rule, entries: readonly ListedCustomer[]): TreeNode {
  const kind = groupKindOf(rule);
  if (kind !== undefined)
    return group(
      kind,
      childrenOf(rule).map((child) => writtenOut(child, loyal, entries)),
    );
  if ("segment" in rule) return rule.operator === "member" ? loyal : { none: [loyal] };
  if (!("list" in rule)) return rule;
  return rule.operator === "listed" ? { guard: "listed", entries } : { none: [{ guard: "listed", entries }] };
}

describe("for every rule that refers to others", () => {
  test("resolved, and expanded, it says what it says with the others' rules in their places", () => {
    fc.assert(
      fc.property(anyReferring, ({ rule, loyal, entries, profiles, asOf }) => {
        const segments = new Map([["loyal", { name: "Loyal", released: { version: 3, rule: loyal } }]]);
        const lists = new Map([["press", { name: "Press", content: { version: 2, entries } }]]);
        const resolved = resolveReferences(rule, { segments, lists });
        const expanded = expandReferences(resolved);
        expect(referencesOf(expanded)).toEqual({ segments: [], lists: [] });
        expect(hasBareReference(resolved)).toBe(false);
        for (const profile of profiles) {
          const expected = evaluate(writtenOut(rule, loyal, entries), profile, asOf);
          expect(evaluate(resolved, profile, asOf)).toBe(expected);
          expect(evaluate(expanded, profile, asOf)).toBe(expected);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("unresolved, no program reads it", () => {
    fc.assert(
      fc.property(anyReferring, ({ rule, profiles, asOf }) => {
        const bare = resolveReferences(rule, {});
        expect(hasBareReference(bare)).toBe(true);
        for (const profile of profiles) expect(() => evaluate(bare, profile, asOf)).toThrow("is not expanded");
      }),
      { numRuns: 100 },
    );
  });
});

test("a resolved tree names what it stands on, also what that stands on, each once", () => {
  const lists = new Map([["press", { name: "Press", content: { version: 7, entries: [] } }]]);
  const inner = resolveReferences({ none: [{ list: "press", operator: "listed" }] }, { lists });
  const segments = new Map([["loyal", { name: "Loyal", released: { version: 3, rule: inner } }]]);
  const rule: Rule = {
    any: [
      { segment: "loyal", operator: "member" },
      { segment: "loyal", operator: "not_member" },
    ],
  };
  expect(resolvedReferencesOf(resolveReferences(rule, { segments }))).toEqual([
    { kind: "segment", key: "loyal", version: 3 },
    { kind: "list", key: "press", version: 7 },
  ]);
});

describe("what any input refers to", () => {
  test.each([
    ["nothing", undefined],
    ["a text", "segment"],
    ["a group that is no list", { all: { segment: "a" } }],
    ["a key that is no text", { segment: 5, list: null }],
  ])("%s: nothing", (_title, input) => {
    expect(referencesOf(input)).toEqual({ segments: [], lists: [] });
  });

  test("is found in every group, sorted and once each", () => {
    const input = { all: [{ segment: "b" }, { any: [{ list: "x" }, { none: [{ segment: "a" }, { segment: "b" }] }] }] };
    expect(referencesOf(input)).toEqual({ segments: ["a", "b"], lists: ["x"] });
  });

  test("is looked for within bounds", () => {
    let deep: unknown = { segment: "far" };
    for (let n = 0; n < 50_000; n += 1) deep = { all: [deep] };
    expect(referencesOf(deep)).toEqual({ segments: [], lists: [] });
    expect(referencesOf({ all: Array.from({ length: 1_000_000 }, () => ({ list: "x" })) }).lists).toEqual(["x"]);
  });
});
