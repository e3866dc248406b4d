import { type AlignedPair, alignChildren } from "./align-children";
import { childrenOf, groupKindOf, type TreeNode } from "./definition";
import { group } from "./group";

/**
 * `before` with those changes towards `after` that concern leaves which `takes` names; all others stay undone. A group
 * that became one of another kind changes as a whole, when all of its leaves are named. With every leaf taken it is
 * `after`, with none taken `before`.
 */
export function mixRules(before: TreeNode, after: TreeNode, takes: (leaf: TreeNode) => boolean): TreeNode {
  const kind = groupKindOf(before);
  if (kind === undefined || groupKindOf(after) !== kind)
    return takesAll(before, takes) && takesAll(after, takes) ? after : before;
  const mixed = (pair: AlignedPair<TreeNode>): TreeNode | undefined => {
    if (pair.kind === "same") return pair.before;
    if (pair.kind === "changed") return mixRules(pair.before, pair.after, takes);
    if (pair.kind === "added") return takesAll(pair.after, takes) ? pair.after : undefined;
    return takesAll(pair.before, takes) ? undefined : pair.before;
  };
  return group(
    kind,
    alignChildren(childrenOf(before), childrenOf(after)).flatMap((pair) => mixed(pair) ?? []),
  );
}

function takesAll(node: TreeNode, takes: (leaf: TreeNode) => boolean): boolean {
  return groupKindOf(node) === undefined ? takes(node) : childrenOf(node).every((child) => takesAll(child, takes));
}
