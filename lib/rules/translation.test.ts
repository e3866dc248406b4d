import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyMembershipBatch } from "../testing/membership-arbitraries";
import { anyRuleCase } from "../testing/rule-arbitraries";
import { runCel, runFlagd, runJsonLogic } from "../testing/rule-runners";
import { toCel } from "./cel";
import type { Profile, TreeNode } from "./definition";
import { compile } from "./evaluate";
import { toFlagd } from "./flagd";
import { toJsonLogic } from "./jsonlogic";

const readers = {
  "json-logic-js": runJsonLogic,
  flagd: (tree: TreeNode) => runFlagd(tree),
  "flagd without generated code": (tree: TreeNode) => runFlagd(tree, { disableDynamicCodeGeneration: true }),
  CEL: runCel,
};

describe.each(Object.entries(readers))("%s gives the interpreter's answer", (_name, run) => {
  function expectAgreement(tree: TreeNode, profiles: readonly Profile[], asOf: number): void {
    const [as, is] = [run(tree), compile(tree)];
    for (const profile of profiles) expect(as(profile, asOf)).toBe(is(profile, asOf));
  }

  test("for whole memberships", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyMembershipBatch({ trees: 5, profiles: 8 }), ({ trees, profiles, asOf }) => {
        for (const tree of trees) expectAgreement(tree, profiles, asOf);
      }),
      { numRuns: 100 },
    );
  });

  test("for customers whose values have the types of other attributes", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyRuleCase, fc.nat(), ({ rule, profiles, asOf }, places) => {
        const shifted = profiles.map((profile) => ({ ...profile, attributes: shift(profile.attributes, places) }));
        expectAgreement(rule, shifted, asOf);
      }),
      { numRuns: 500 },
    );
  });

  const someone: Profile = { id: "c_1", consents: [], objections: [], attributes: {} };
  const constants: [title: string, tree: TreeNode][] = [
    ["an empty all, which everybody meets", { all: [] }],
    ["an empty any, which nobody meets", { any: [] }],
    ["an empty none, which everybody meets", { none: [] }],
    ["a guard without regions", { guard: "region", regions: [] }],
    ["a list without entries", { guard: "listed", entries: [] }],
    ["a rollout to nobody", { guard: "rollout", salt: "s", below: 0 }],
    ["a rollout to everybody", { guard: "rollout", salt: "s", below: 10_000 }],
    [
      "a customer listed twice",
      { guard: "listed", entries: [{ customerId: "c_1", expiresAt: 5 }, { customerId: "c_1" }] },
    ],
  ];
  test.each(constants)("for %s", (_title, tree) => expectAgreement(tree, [someone], 10));
});

/** The same keys, each with the value of a key that stands so many places on. */
function shift(attributes: Profile["attributes"], places: number): Profile["attributes"] {
  const values = Object.values(attributes);
  const moved = Object.keys(attributes).flatMap((key, index) => {
    const value = values[(index + places) % values.length];
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(moved);
}

describe("what a format cannot say", () => {
  const translators = { JsonLogic: toJsonLogic, flagd: toFlagd, CEL: toCel };
  const entries = (count: number) => Array.from({ length: count }, (_, index) => ({ customerId: `c_${index}` }));
  const limitsOf = (
    tree: TreeNode,
    translate: (tree: TreeNode) => ReturnType<(typeof translators)["CEL" | "flagd" | "JsonLogic"]>,
  ) => {
    const translation = translate(tree);
    return translation.ok ? [] : translation.limits.map(({ code, path }) => ({ code, path }));
  };

  describe.each(Object.entries(translators))("%s", (_name, translate) => {
    test("a partial rollout", () => {
      const tree: TreeNode = {
        all: [
          { guard: "region", regions: ["eu"] },
          { guard: "rollout", salt: "s", below: 2_500 },
        ],
      };
      expect(limitsOf(tree, translate)).toEqual([{ code: "partial-rollout", path: "all[1]" }]);
    });

    test("a list of more than 1,000 customers, and not one of 1,000", () => {
      expect(limitsOf({ guard: "listed", entries: entries(1_001) }, translate)).toEqual([
        { code: "list-too-long", path: "" },
      ]);
      expect(limitsOf({ guard: "listed", entries: entries(1_000) }, translate)).toEqual([]);
    });

    test("is told at the reference it stands in, by its name", () => {
      const list: TreeNode = { list: "vip", operator: "not_listed", version: 3, entries: entries(1_001) };
      const tree: TreeNode = { any: [{ segment: "loyal", operator: "member", version: 2, rule: { all: [list] } }] };
      const translation = translate(tree);
      expect(translation.ok ? [] : translation.limits).toMatchObject([
        { path: "any[0]", message: expect.stringContaining('segment "loyal"') },
      ]);
    });

    test("everything at once, not the first only", () => {
      const rollout: TreeNode = { guard: "rollout", salt: "s", below: 1 };
      expect(limitsOf({ any: [rollout, { none: [rollout] }] }, translate)).toHaveLength(2);
    });

    test("is no matter where it decides nothing: an emptied segment can be said whatever its rule", () => {
      const nobody: TreeNode = { guard: "region", regions: [] };
      const rollout: TreeNode = { guard: "rollout", salt: "s", below: 2_500 };
      expect(limitsOf({ all: [nobody, { any: [rollout] }] }, translate)).toEqual([]);
      expect(limitsOf({ any: [{ none: [nobody] }, rollout] }, translate)).toEqual([]);
    });

    test("is no excuse for what nobody can read", () => {
      expect(() => translate({ segment: "loyal", operator: "member" })).toThrow("is not expanded");
    });
  });

  test("JsonLogic: an attribute whose name a reader would take apart", () => {
    const named = (attribute: string): TreeNode => ({ attribute, operator: "is_set" });
    expect(limitsOf({ any: [named("a.b"), named("a")] }, toJsonLogic)).toEqual([
      { code: "attribute-name", path: "any[0]" },
    ]);
    expect(limitsOf(named("a.b"), toCel)).toEqual([]);
  });

  test("CEL: an expression longer than its readers take", () => {
    const value = Array.from({ length: 1_000 }, (_, index) => `${index} ${"x".repeat(100)}`);
    const tree: TreeNode = { attribute: "plan", operator: "in", value };
    expect(limitsOf(tree, toCel)).toEqual([{ code: "too-large", path: "" }]);
    expect(limitsOf(tree, toJsonLogic)).toEqual([]);
  });
});
