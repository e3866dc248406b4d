import { childrenOf, groupKindOf, type Rule, type RulePath, type TreeNode } from "./definition";

export type PlacedLeaf<Node> = { readonly leaf: Node; readonly path: RulePath };

/** What is no group, in the order of the tree, with its place. */
export function leavesIn(rule: Rule, path?: RulePath): PlacedLeaf<Rule>[];
export function leavesIn(tree: TreeNode, path?: RulePath): PlacedLeaf<TreeNode>[];
export function leavesIn(tree: TreeNode, path: RulePath = []): PlacedLeaf<TreeNode>[] {
  const kind = groupKindOf(tree);
  if (kind === undefined) return [{ leaf: tree, path }];
  return childrenOf(tree).flatMap((child, index) => leavesIn(child, [...path, kind, index]));
}
