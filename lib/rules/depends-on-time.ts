import { childrenOf, groupKindOf, type TreeNode } from "./definition";
import { isResolvedList, isResolvedSegment } from "./references";

const relative: ReadonlySet<string> = new Set(["within_last", "not_within_last", "within_next"]);

/** Whether time alone may change what holds: a condition looks back or ahead from now, or a list's entry expires. */
export function dependsOnTime(tree: TreeNode): boolean {
  if (groupKindOf(tree) !== undefined) return childrenOf(tree).some(dependsOnTime);
  if (isResolvedSegment(tree)) return dependsOnTime(tree.rule);
  if (isResolvedList(tree)) return expires(tree.entries);
  if ("guard" in tree) return tree.guard === "listed" && expires(tree.entries);
  return "attribute" in tree && relative.has(tree.operator);
}

function expires(entries: readonly { readonly expiresAt?: number }[]): boolean {
  return entries.some(({ expiresAt }) => expiresAt !== undefined);
}
