import { expect, test } from "vitest";
import type { TreeNode } from "../rules/definition";
import { type Comparing, chooseCompared } from "./choose-compared";
import type { LiveSegment } from "./compared-segments";

const plan: TreeNode = { attribute: "plan", operator: "is_set" };
const onDraft: TreeNode = { segment: "draft", operator: "member", version: 1, rule: plan };
const draft: Comparing = {
  ...{ key: "draft", precedence: 0, exclusiveGroup: "offers", treatments: { pool: "gold" } },
  references: { segments: ["referred"], lists: [] },
};

function live(key: string, members: number, more: Partial<LiveSegment["artefact"]> = {}, rule = plan): LiveSegment {
  return {
    members,
    artefact: {
      ...{ key, name: key, description: "", version: 1, contentHash: "", tree: rule, purposes: [], regions: [] },
      ...{ parts: { guards: [], rule }, references: [], treatments: {}, precedence: 0, exclusiveGroup: null },
      ...{ rolloutPercent: 100, killed: false, standing: null, ...more },
    },
  };
}

const all = [
  live("large", 900),
  live("larger", 950),
  live("referred", 5),
  live("refers", 6, {}, { all: [onDraft] }),
  live("pooled", 3, { treatments: { pool: "slow" } }),
  live("offered", 1, { exclusiveGroup: "offers" }),
];

test("what is nearest to a document is compared first: group, treatments, references, then size", () => {
  const chosen = (most: number) => chooseCompared(draft, all, most).map(({ artefact }) => artefact.key);
  expect(chosen(5)).toEqual(["offered", "pooled", "refers", "referred", "larger"]);
  expect(chosen(1)).toEqual(["offered"]);
});

test("all are compared where there is room for all", () => {
  expect(chooseCompared(draft, all, all.length)).toBe(all);
});
