import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyRuleCase } from "../testing/rule-arbitraries";
import {
  childrenOf,
  formatPath,
  groupKindOf,
  type Profile,
  type Rule,
  type RulePath,
  type TreeNode,
} from "./definition";
import { evaluate } from "./evaluate";
import { decisiveCondition, type Explanation, explain, explainedLeaves, nearMiss } from "./explain";

const profile: Profile = { id: "c", consents: [], objections: [], attributes: { yes: 1 } };
const yes: Rule = { attribute: "yes", operator: "is_set" };
const no: Rule = { attribute: "no", operator: "is_set" };

function places(explanations: readonly Explanation[]): string[] {
  return explanations.map(({ path }) => formatPath(path));
}

describe("what decides", () => {
  const cases: [
    title: string,
    rule: Rule,
    decisive: string[],
    named: string | undefined,
    missed: string | undefined,
  ][] = [
    ["a bare condition decides", yes, [""], "", undefined],
    ["a bare condition that fails decides", no, [""], "", ""],
    [
      "of an all that holds each decides, none is named",
      { all: [yes, yes] },
      ["all[0]", "all[1]"],
      undefined,
      undefined,
    ],
    ["of an all the one that fails is named", { all: [yes, no, yes] }, ["all[1]"], "all[1]", "all[1]"],
    ["of an all with two that fail none decides", { all: [yes, no, no] }, [], undefined, undefined],
    ["of an any the one that holds is named", { any: [no, yes, no] }, ["any[1]"], "any[1]", undefined],
    [
      "of an any that fails each would do, none is named",
      { any: [no, no] },
      ["any[0]", "any[1]"],
      undefined,
      undefined,
    ],
    ["of a none the one that holds is named", { none: [no, yes] }, ["none[1]"], "none[1]", "none[1]"],
    [
      "the one of an any is named before those that every member meets",
      { all: [yes, { any: [yes, no] }, { none: [no, no] }] },
      ["all[0]", "all[1].any[0]", "all[2].none[0]", "all[2].none[1]"],
      "all[1].any[0]",
      undefined,
    ],
  ];
  test.each(cases)("%s", (_title, rule, decisive, named, missed) => {
    const explanation = explain(rule, profile, 0);
    expect(places(explainedLeaves(explanation).filter((leaf) => leaf.decisive))).toEqual(decisive);
    const condition = decisiveCondition(explanation);
    expect(condition && formatPath(condition.path)).toBe(named);
    const near = nearMiss(explanation);
    expect(near && formatPath(near.path)).toBe(missed);
  });
});

test("a condition shows the customer's value, and none where it is missing", () => {
  const [first, second] = explain({ any: [yes, no] }, profile, 0).children;
  expect(first).toMatchObject({ kind: "condition", holds: true, actual: 1, node: yes });
  expect(second).not.toHaveProperty("actual");
});

const always: TreeNode = { none: [{ guard: "region", regions: [] }] };
const never: TreeNode = { guard: "region", regions: [] };

/** The tree with the node at `path` turned into its opposite for this customer. */
function flipped(tree: TreeNode, path: RulePath, holds: boolean): TreeNode {
  const [, index, ...rest] = path;
  const kind = groupKindOf(tree);
  if (kind === undefined || typeof index !== "number") return holds ? never : always;
  const children = childrenOf(tree).map((child, each) => (each === index ? flipped(child, rest, holds) : child));
  return kind === "all" ? { all: children } : kind === "any" ? { any: children } : { none: children };
}

describe("for every rule and customer", () => {
  test("the explanation ends in the verdict of the evaluation, at every node", () => {
    fc.assert(
      fc.property(anyRuleCase, ({ rule, profiles, asOf }) => {
        for (const each of profiles) {
          const waiting = [explain(rule, each, asOf)];
          for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
            expect(node.holds).toBe(evaluate(node.node, each, asOf));
            waiting.push(...node.children);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a condition is decisive exactly if flipping it flips the verdict", () => {
    fc.assert(
      fc.property(anyRuleCase, ({ rule, profiles, asOf }) => {
        for (const each of profiles) {
          const explanation = explain(rule, each, asOf);
          for (const leaf of explainedLeaves(explanation)) {
            const verdict = evaluate(flipped(rule, leaf.path, leaf.holds), each, asOf);
            expect(verdict !== explanation.holds).toBe(leaf.decisive);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test("flipping the condition named as decisive, or as the near miss, flips the verdict", () => {
    fc.assert(
      fc.property(anyRuleCase, ({ rule, profiles, asOf }) => {
        for (const each of profiles) {
          const holds = evaluate(rule, each, asOf);
          for (const leaf of [decisiveCondition(explain(rule, each, asOf)), nearMiss(explain(rule, each, asOf))]) {
            if (leaf) expect(evaluate(flipped(rule, leaf.path, leaf.holds), each, asOf)).toBe(!holds);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
