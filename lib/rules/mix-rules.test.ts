import fc from "fast-check";
import { expect, test } from "vitest";
import { anyCatalogue, anyRule } from "../testing/rule-arbitraries";
import type { Rule, TreeNode } from "./definition";
import { leavesOf } from "./describe-condition";
import { mixRules } from "./mix-rules";

const at = (attribute: string, value: number): Rule => ({ attribute, operator: "at_least", value });
const isScore = (leaf: TreeNode) => "attribute" in leaf && leaf.attribute === "score";

const anyPair = anyCatalogue.chain((catalogue) => fc.tuple(anyRule(catalogue, 0), anyRule(catalogue, 0)));

test("takes the changes of the leaves that are named and leaves the others undone", () => {
  const before = { all: [at("score", 1), at("age", 18), { any: [at("score", 2), at("spend", 5)] }] };
  const after = { all: [at("score", 3), at("age", 21), { any: [at("spend", 6)] }, at("orders", 1)] };
  expect(mixRules(before, after, isScore)).toEqual({ all: [at("score", 3), at("age", 18), { any: [at("spend", 5)] }] });
});

test("a group comes or goes only when all of its leaves are named", () => {
  const [pure, mixed] = [{ any: [at("score", 1)] }, { any: [at("score", 1), at("age", 18)] }];
  expect(mixRules({ all: [at("spend", 1)] }, { all: [at("spend", 1), pure] }, isScore)).toEqual({
    all: [at("spend", 1), pure],
  });
  expect(mixRules({ all: [at("spend", 1)] }, { all: [at("spend", 1), mixed] }, isScore)).toEqual({
    all: [at("spend", 1)],
  });
  expect(mixRules({ all: [at("spend", 1), mixed] }, { all: [at("spend", 1)] }, isScore)).toEqual({
    all: [at("spend", 1), mixed],
  });
});

test("a group of another kind is one change", () => {
  const [before, after] = [{ any: [at("score", 1), at("age", 18)] }, { all: [at("score", 2), at("age", 18)] }];
  expect(mixRules(before, after, isScore)).toEqual(before);
  expect(mixRules({ any: [at("score", 1)] }, { none: [at("score", 2)] }, isScore)).toEqual({ none: [at("score", 2)] });
});

test("with no leaf named it is the rule before, with every leaf the rule after", () => {
  fc.assert(
    fc.property(anyPair, ([before, after]) => {
      expect(mixRules(before, after, () => false)).toEqual(before);
      expect(mixRules(before, after, () => true)).toEqual(after);
    }),
  );
});

test("leaves that are not named stay as they were, each in its turn", () => {
  fc.assert(
    fc.property(anyPair, ([before, after]) => {
      const takes = (leaf: TreeNode) => "attribute" in leaf && leaf.attribute.endsWith("first");
      const untouched = (tree: TreeNode) => leavesOf(tree).filter((leaf) => !takes(leaf));
      expect(untouched(mixRules(before, after, takes))).toEqual(untouched(before));
    }),
  );
});
