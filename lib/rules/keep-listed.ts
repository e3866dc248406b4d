import { childrenOf, groupKindOf, type ListedCustomer, type TreeNode } from "./definition";
import { group } from "./group";
import { isResolvedList, isResolvedSegment } from "./references";

/** The tree with only some of the customers whom it names, by hand or by a managed list, in whatever group. */
export function keepListed(node: TreeNode, keeps: (customerId: string) => boolean): TreeNode {
  const isKept = ({ customerId }: ListedCustomer) => keeps(customerId);
  const kind = groupKindOf(node);
  if (kind !== undefined)
    return group(
      kind,
      childrenOf(node).map((child) => keepListed(child, keeps)),
    );
  if (isResolvedSegment(node)) return { ...node, rule: keepListed(node.rule, keeps) };
  if (isResolvedList(node)) return { ...node, entries: node.entries.filter(isKept) };
  if (!("guard" in node) || node.guard !== "listed") return node;
  return { guard: "listed", entries: node.entries.filter(isKept) };
}
