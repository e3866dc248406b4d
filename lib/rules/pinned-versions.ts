import {
  childrenOf,
  groupKindOf,
  type ListCondition,
  type Rule,
  type SegmentCondition,
  type TreeNode,
} from "./definition";
import { group } from "./group";
import { isResolvedList, isResolvedSegment, type ResolvedReference } from "./references";

/** A reference with the version that it stands for, without what that version says. */
export type PinnedReference = (SegmentCondition | ListCondition) & { readonly version: number };

/** The rule with the version beside each reference, so that two rules differ where one stands for a newer version. */
export function withPinnedVersions(rule: Rule, references: readonly ResolvedReference[]): Rule {
  const kind = groupKindOf(rule);
  if (kind !== undefined)
    return group(
      kind,
      childrenOf(rule).map((child) => withPinnedVersions(child, references)),
    );
  const version = versionOf(rule, references);
  if (version === undefined || !("segment" in rule || "list" in rule)) return rule;
  const pinned: PinnedReference = { ...rule, version };
  return pinned;
}

function versionOf(leaf: Rule, references: readonly ResolvedReference[]): number | undefined {
  return references.find(({ kind, key }) =>
    "segment" in leaf
      ? kind === "segment" && key === leaf.segment
      : "list" in leaf && kind === "list" && key === leaf.list,
  )?.version;
}

export function isPinned(leaf: Rule): leaf is PinnedReference {
  return ("segment" in leaf || "list" in leaf) && "version" in leaf && typeof leaf.version === "number";
}

/** What a resolved rule refers to itself, each once; not what the segments refer to that it refers to. */
export function pinnedReferencesOf(tree: TreeNode): ResolvedReference[] {
  const found = leafReferences(tree).map((reference) => [`${reference.kind} ${reference.key}`, reference] as const);
  return [...new Map(found).values()];
}

function leafReferences(tree: TreeNode): ResolvedReference[] {
  if (isResolvedSegment(tree)) return [{ kind: "segment", key: tree.segment, version: tree.version }];
  if (isResolvedList(tree)) return [{ kind: "list", key: tree.list, version: tree.version }];
  return childrenOf(tree).flatMap(leafReferences);
}
