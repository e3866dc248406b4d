import { unreadable } from "./condition-value";
import type { AttributeCondition, GuardLeaf, TreeNode } from "./definition";

/** A leaf that says something by itself: a condition on an attribute, or a guard. */
export type MeaningfulLeaf = AttributeCondition | GuardLeaf;

/** Refuses a reference of which it is not known what it stands for, and what is no leaf at all. */
export function meaningfulLeaf(node: TreeNode): MeaningfulLeaf {
  if ("guard" in node || "attribute" in node) return node;
  if ("segment" in node) throw unreadable(`The rule refers to segment "${node.segment}", which is not expanded.`);
  if ("list" in node) throw unreadable(`The rule refers to list "${node.list}", which is not expanded.`);
  throw unreadable(`A rule holds a node that is neither group nor condition: ${Object.keys(node).join(", ")}.`);
}
