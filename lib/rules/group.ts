import type { GroupKind, Rule, TreeNode } from "./definition";

export function group(kind: GroupKind, children: readonly Rule[]): Rule;
export function group(kind: GroupKind, children: readonly TreeNode[]): TreeNode;
export function group(kind: GroupKind, children: readonly TreeNode[]): TreeNode {
  switch (kind) {
    case "all":
      return { all: children };
    case "any":
      return { any: children };
    case "none":
      return { none: children };
  }
}
