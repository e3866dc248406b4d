import {
  childrenOf,
  groupKindOf,
  type ResolvedList,
  type ResolvedSegment,
  type Rule,
  type TreeNode,
} from "./definition";
import { group } from "./group";
import type { RuleVocabulary } from "./vocabulary";

/** What a rule refers to, each key once and sorted. */
export type References = { readonly segments: readonly string[]; readonly lists: readonly string[] };

/** Of any input, checked or not: what is no tree refers to nothing. Walks without recursion, and only within bounds. */
export function referencesOf(input: unknown, mostNodes = 20_000): References {
  const segments = new Set<string>();
  const lists = new Set<string>();
  const waiting: unknown[] = [input];
  for (let seen = 0; waiting.length > 0 && seen < mostNodes; seen += 1) {
    const node = waiting.pop();
    if (typeof node !== "object" || node === null) continue;
    const { segment, list }: { segment?: unknown; list?: unknown } = node;
    if (typeof segment === "string") segments.add(segment);
    if (typeof list === "string") lists.add(list);
    for (const kind of ["all", "any", "none"]) {
      const children: unknown = Object.hasOwn(node, kind) ? Reflect.get(node, kind) : undefined;
      if (Array.isArray(children)) waiting.push(...children.slice(0, mostNodes - waiting.length));
    }
  }
  return { segments: [...segments].sort(), lists: [...lists].sort() };
}

/**
 * The rule with each reference beside what it stands for. A reference whose meaning the vocabulary does not have stays
 * bare: every program refuses to read it.
 */
export function resolveReferences(rule: Rule, vocabulary: Pick<RuleVocabulary, "segments" | "lists">): TreeNode {
  const kind = groupKindOf(rule);
  if (kind !== undefined)
    return group(
      kind,
      childrenOf(rule).map((child) => resolveReferences(child, vocabulary)),
    );
  if ("segment" in rule) {
    const released = vocabulary.segments?.get(rule.segment)?.released;
    return released ? { ...rule, ...released } : rule;
  }
  if ("list" in rule) {
    const content = vocabulary.lists?.get(rule.list)?.content;
    return content ? { ...rule, ...content } : rule;
  }
  return rule;
}

/** The rule as its author wrote it, of what `resolveReferences` made of it. Throws on what no author can write. */
export function unresolved(tree: TreeNode): Rule {
  const kind = groupKindOf(tree);
  if (kind !== undefined) return group(kind, childrenOf(tree).map(unresolved));
  if ("segment" in tree) return { segment: tree.segment, operator: tree.operator };
  if ("list" in tree) return { list: tree.list, operator: tree.operator };
  if ("attribute" in tree) return tree;
  throw new TypeError("A guard is no part of a rule.");
}

/** The tree without references: what they stand for takes their place. This is the form that goes to other readers. */
export function expandReferences(tree: TreeNode): TreeNode {
  const kind = groupKindOf(tree);
  if (kind !== undefined) return group(kind, childrenOf(tree).map(expandReferences));
  if (isResolvedSegment(tree) || isResolvedList(tree)) return meaningOf(tree);
  return tree;
}

/** What a resolved reference says, in groups and leaves that refer to nothing. */
export function meaningOf(reference: ResolvedSegment | ResolvedList): TreeNode {
  const meaning: TreeNode =
    "segment" in reference ? expandReferences(reference.rule) : { guard: "listed", entries: reference.entries };
  return reference.operator === "member" || reference.operator === "listed" ? meaning : { none: [meaning] };
}

export function isResolvedSegment(node: TreeNode): node is ResolvedSegment {
  return "segment" in node && "rule" in node;
}

export function isResolvedList(node: TreeNode): node is ResolvedList {
  return "list" in node && "entries" in node;
}

/** Whether the tree refers to something of which it does not know what it stands for. */
export function hasBareReference(tree: TreeNode): boolean {
  if ("segment" in tree) return !isResolvedSegment(tree);
  return "list" in tree ? !isResolvedList(tree) : childrenOf(tree).some(hasBareReference);
}

/** A reference as it was resolved: also those within the rules of referred segments, outer ones first. */
export type ResolvedReference =
  | { readonly kind: "segment"; readonly key: string; readonly version: number }
  | { readonly kind: "list"; readonly key: string; readonly version: number };

export function resolvedReferencesOf(tree: TreeNode): ResolvedReference[] {
  const found = new Map<string, ResolvedReference>();
  for (const reference of referencesIn(tree))
    found.set(`${reference.kind} ${reference.key} ${reference.version}`, reference);
  return [...found.values()];
}

function referencesIn(tree: TreeNode): ResolvedReference[] {
  if (isResolvedSegment(tree))
    return [{ kind: "segment", key: tree.segment, version: tree.version }, ...referencesIn(tree.rule)];
  if (isResolvedList(tree)) return [{ kind: "list", key: tree.list, version: tree.version }];
  return childrenOf(tree).flatMap(referencesIn);
}
