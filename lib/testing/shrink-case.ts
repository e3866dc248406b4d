import type { Attribute } from "../catalogue/definition";
import { type ConditionValue, childrenOf, groupKindOf, type Profile, type TreeNode } from "../rules/definition";
import { group } from "../rules/group";

/** One rule, one customer, one instant. */
export type ConformanceCase = {
  readonly attributes: readonly Attribute[];
  readonly tree: TreeNode;
  readonly profile: Profile;
  readonly asOf: number;
};

/** Takes away from a failing case, piece by piece, what it fails without. */
export async function shrinkCase(
  found: ConformanceCase,
  fails: (smaller: ConformanceCase) => Promise<boolean>,
): Promise<ConformanceCase> {
  for (const smaller of smallerCases(found)) if (await fails(smaller)) return shrinkCase(smaller, fails);
  return found;
}

function* smallerCases({ attributes, tree, profile, asOf }: ConformanceCase): Generator<ConformanceCase> {
  for (const smaller of smallerTrees(tree)) yield { attributes, tree: smaller, profile, asOf };
  for (const smaller of smallerProfiles(profile)) yield { attributes, tree, profile: smaller, asOf };
  const named = JSON.stringify([tree, profile]);
  const used = attributes.filter(({ key }) => named.includes(`"${key}"`));
  if (used.length < attributes.length) yield { attributes: used, tree, profile, asOf };
}

/** A child instead of its group, a group without a child, a child made smaller, a shorter value. */
function* smallerTrees(tree: TreeNode): Generator<TreeNode> {
  const kind = groupKindOf(tree);
  const children = childrenOf(tree);
  if (kind === undefined) {
    if ("guard" in tree && tree.guard === "listed")
      for (const [index] of tree.entries.entries()) yield { ...tree, entries: tree.entries.toSpliced(index, 1) };
    if ("attribute" in tree) for (const value of smallerValues(tree.value)) yield { ...tree, value };
    return;
  }
  yield* children;
  if (children.length > 1) for (const [index] of children.entries()) yield group(kind, children.toSpliced(index, 1));
  for (const [index, child] of children.entries())
    for (const smaller of smallerTrees(child)) yield group(kind, children.with(index, smaller));
}

function* smallerValues(value: ConditionValue | undefined): Generator<ConditionValue> {
  if (isTexts(value) && value.length > 1) for (const [index] of value.entries()) yield value.toSpliced(index, 1);
}

function isTexts(value: ConditionValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function* smallerProfiles(profile: Profile): Generator<Profile> {
  for (const key of Object.keys(profile.attributes)) {
    const { [key]: _, ...attributes } = profile.attributes;
    yield { ...profile, attributes };
  }
  if (profile.consents.length > 0) yield { ...profile, consents: [] };
  if (profile.objections.length > 0) yield { ...profile, objections: [] };
}
