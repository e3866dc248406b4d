import fc from "fast-check";
import { expect, test } from "vitest";
import { attributeColumn } from "../engine/clickhouse/layout";
import { anyMembershipBatch } from "../testing/membership-arbitraries";
import { toClickHouse } from "./clickhouse";
import type { ClickHouseLayout } from "./clickhouse-layout";
import { type AttributeCondition, childrenOf, type GuardLeaf, groupKindOf, type TreeNode } from "./definition";
import { group } from "./group";

const hostile = "'\\'\"`; {p1:String} -- ) OR 1 = 1 /* \n\t\0 👩‍👩‍👧";

test("no text of a rule, list or guard stands in the statement, whatever it is", () => {
  const anyBatch = anyMembershipBatch({ trees: 10, profiles: 1 });
  fc.assert(
    fc.property(anyBatch, ({ attributes, trees, asOf }) => {
      const layout = layoutOf(attributes);
      for (const tree of trees) {
        const { sql, parameters } = toClickHouse(tree, layout, asOf);
        expect(
          toClickHouse(
            withTexts(tree, layout, (text) => text + hostile),
            layout,
            asOf,
          ).sql,
        ).toBe(sql);
        const placeholders = [...sql.matchAll(/\{(\w+):[\w()]+\}/g)].map(([, name]) => name);
        expect(placeholders).toEqual(parameters.map((_, index) => `p${index + 1}`));
      }
    }),
    { numRuns: 30, seed: 20_261_121 },
  );
});

test("a long list is split into fields that a server takes", () => {
  const entries = Array.from({ length: 20_000 }, (_, n) => ({ customerId: `customer-${n}` }));
  const { parameters } = toClickHouse({ guard: "listed", entries }, layoutOf([]), 0);
  const lists = parameters.map(({ value }) => (Array.isArray(value) ? value.map(String) : []));
  expect(lists.flat()).toEqual(entries.map(({ customerId }) => customerId));
  expect(lists.length).toBeGreaterThan(1);
  for (const list of lists) expect(Buffer.byteLength(`['${list.join("','")}']`)).toBeLessThan(131_072);
});

test("an attribute that is not stored is an error, not an empty segment", () => {
  const tree = { attribute: "plan", operator: "is_set" } as const;
  expect(() => toClickHouse(tree, layoutOf([]), 0)).toThrow(expect.objectContaining({ reason: "unreadable-rule" }));
});

type Stored = Parameters<typeof attributeColumn>[1];

function layoutOf(attributes: readonly { readonly key: string; readonly type: Stored }[]): ClickHouseLayout {
  return { attributes: new Map(attributes.map(({ key, type }) => [key, attributeColumn(key, type)])) };
}

function withTexts(tree: TreeNode, layout: ClickHouseLayout, change: (text: string) => string): TreeNode {
  const kind = groupKindOf(tree);
  if (kind !== undefined)
    return group(
      kind,
      childrenOf(tree).map((child) => withTexts(child, layout, change)),
    );
  if ("guard" in tree) return guardWithTexts(tree, change);
  return "attribute" in tree ? conditionWithTexts(tree, layout, change) : tree;
}

function guardWithTexts(leaf: GuardLeaf, change: (text: string) => string): GuardLeaf {
  switch (leaf.guard) {
    case "consent":
    case "objection":
      return { ...leaf, purpose: change(leaf.purpose) };
    case "region":
      return { ...leaf, regions: leaf.regions.map(change) };
    case "listed":
      return { ...leaf, entries: leaf.entries.map((entry) => ({ ...entry, customerId: change(entry.customerId) })) };
    case "rollout":
      return { ...leaf, salt: change(leaf.salt) };
  }
}

/** Instants are texts too, but no text of anybody's choice. */
function conditionWithTexts(
  condition: AttributeCondition,
  layout: ClickHouseLayout,
  change: (text: string) => string,
): AttributeCondition {
  const { value } = condition;
  const type = layout.attributes.get(condition.attribute)?.type;
  if (value === undefined || (type !== "string" && type !== "string_set")) return condition;
  return {
    ...condition,
    value: Array.isArray(value) ? value.map((each) => change(String(each))) : change(String(value)),
  };
}
