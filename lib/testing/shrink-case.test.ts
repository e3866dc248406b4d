import { expect, test } from "vitest";
import { attributeSchema } from "../catalogue/definition";
import type { TreeNode } from "../rules/definition";
import { shrinkCase } from "./shrink-case";

const attributes = ["plan", "city"].map((key) => attributeSchema.parse({ key, name: key, type: "string" }));
const culprit = { attribute: "plan", operator: "in", value: ["basic", "premium"] } as const;
const innocent = { attribute: "city", operator: "equals", value: "Cork" } as const;

test("a failing case is reduced to what it fails for", async () => {
  const found = {
    attributes,
    tree: { all: [innocent, { any: [{ none: [innocent, culprit] }, innocent] }] } satisfies TreeNode,
    profile: { id: "c1", consents: ["marketing"], objections: [], attributes: { plan: "premium", city: "Cork" } },
    asOf: 0,
  };
  const smallest = await shrinkCase(found, async ({ tree, profile }) => {
    return JSON.stringify(tree).includes("premium") && profile.attributes.plan === "premium";
  });
  expect(smallest).toEqual({
    attributes: attributes.filter(({ key }) => key === "plan"),
    tree: { attribute: "plan", operator: "in", value: ["premium"] },
    profile: { id: "c1", consents: [], objections: [], attributes: { plan: "premium" } },
    asOf: 0,
  });
});
