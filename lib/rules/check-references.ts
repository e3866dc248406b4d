import type { Finding } from "../findings";
import { bounds, childrenOf, groupKindOf, type Rule, type RulePath, type TreeNode } from "./definition";
import { isResolvedSegment, resolveReferences } from "./references";
import { blocking, quote } from "./rule-finding";
import type { RuleVocabulary } from "./vocabulary";

/**
 * What only the meanings of a rule's references show: a way back to the segment itself (`ownKey`), segments that refer
 * to one another too many times in a row, more conditions than a rule may have once all is expanded.
 */
export function checkReferences(rule: Rule, vocabulary: RuleVocabulary, ownKey?: string): Finding[] {
  const leaves = leavesIn(rule, []);
  const findings = leaves.flatMap(({ leaf, path }) => {
    if (!("segment" in leaf)) return [];
    return checkChain(resolveReferences(leaf, vocabulary), [...path, "segment"], ownKey);
  });
  if (findings.length > 0) return findings;
  const conditions = leaves.reduce((sum, { leaf }) => sum + conditionsIn(resolveReferences(leaf, vocabulary)), 0);
  if (conditions <= bounds.conditions) return [];
  const message = `With its references expanded the rule has ${conditions} conditions.`;
  const resolution = `Use at most ${bounds.conditions} conditions, those of the segments it refers to among them.`;
  return [blocking("too-many-conditions", [], message, resolution)];
}

function checkChain(reference: TreeNode, path: RulePath, ownKey: string | undefined): Finding[] {
  const chains = chainsFrom(reference);
  const back = ownKey === undefined ? undefined : chains.find((chain) => chain.includes(ownKey));
  if (back && ownKey !== undefined) {
    const way = [ownKey, ...back.slice(0, back.indexOf(ownKey) + 1)];
    const message = `The segment ${quote(ownKey)} would refer to itself: ${way.join(" → ")}.`;
    const resolution = `Refer to a segment that does not depend on ${quote(ownKey)}.`;
    return [blocking("reference-cycle", path, message, resolution)];
  }
  const long = chains.find((chain) => chain.length > bounds.references);
  if (!long) return [];
  const message = `Segments refer to one another ${long.length} times in a row: ${long.join(" → ")}.`;
  return [blocking("too-deep", path, message, `Refer at most ${bounds.references} times in a row.`)];
}

/** Every way from a node down through references, as the keys that it passes. */
function chainsFrom(node: TreeNode): string[][] {
  if (isResolvedSegment(node)) {
    const below = chainsFrom(node.rule);
    return below.length === 0 ? [[node.segment]] : below.map((chain) => [node.segment, ...chain]);
  }
  return "segment" in node ? [[node.segment]] : childrenOf(node).flatMap(chainsFrom);
}

function conditionsIn(node: TreeNode): number {
  if (isResolvedSegment(node)) return conditionsIn(node.rule);
  const kind = groupKindOf(node);
  return kind === undefined ? 1 : childrenOf(node).reduce((sum, child) => sum + conditionsIn(child), 0);
}

function leavesIn(rule: Rule, path: RulePath): { leaf: Rule; path: RulePath }[] {
  const kind = groupKindOf(rule);
  if (kind === undefined) return [{ leaf: rule, path }];
  return childrenOf(rule).flatMap((child, index) => leavesIn(child, [...path, kind, index]));
}
