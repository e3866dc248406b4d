import canonicalize from "canonicalize";
import { childrenOf, groupKindOf, type TreeNode } from "./definition";
import { isResolvedList, isResolvedSegment } from "./references";

/**
 * The same text for the same rule, in whatever order a database gives its fields back. A resolved reference is told by
 * its version: what a version holds never changes.
 */
export function ruleText(rule: TreeNode): string {
  return canonicalize(identityOf(rule)) ?? "";
}

export function isSameRule(a: TreeNode, b: TreeNode): boolean {
  return a === b || ruleText(a) === ruleText(b);
}

function identityOf(node: TreeNode): unknown {
  const kind = groupKindOf(node);
  if (kind !== undefined) return { [kind]: childrenOf(node).map(identityOf) };
  if (isResolvedSegment(node)) return { segment: node.segment, operator: node.operator, version: node.version };
  return isResolvedList(node) ? { list: node.list, operator: node.operator, version: node.version } : node;
}
