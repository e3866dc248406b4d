import type { Finding } from "../findings";
import {
  bounds,
  childrenOf,
  groupKindOf,
  type ResolvedList,
  type Rule,
  type RulePath,
  type SegmentCondition,
  type TreeNode,
} from "./definition";
import { isResolvedList, isResolvedSegment, referencesOf, resolveReferences } from "./references";
import { blocking, quote, warning } from "./rule-finding";
import { leavesIn } from "./rule-leaves";
import type { RuleVocabulary } from "./vocabulary";

/**
 * What only the meanings of a rule's references show: a way back to the segment itself (`ownKey`), by what is live or
 * by what was pinned, segments that refer to one another too many times in a row, more than a rule may hold once all is
 * expanded, lists that nobody is on. Segments and lists of which the vocabulary has no more than the name say nothing.
 */
export function checkReferences(rule: Rule, vocabulary: RuleVocabulary, ownKey?: string): Finding[] {
  if (!refers(rule)) return [];
  const leaves = leavesIn(rule).map(({ leaf, path }) => ({ path, meant: resolveReferences(leaf, vocabulary) }));
  const ofChains = leaves.flatMap(({ meant, path }) =>
    "segment" in meant ? checkChain(meant, [...path, "segment"], vocabulary, ownKey) : [],
  );
  if (ofChains.length > 0) return ofChains;
  const tree = leaves.map(({ meant }) => meant);
  return [
    ...checkConditions(sum(tree, conditionsIn)),
    ...checkListed(sum(tree, listedIn)),
    ...leaves.flatMap(({ meant, path }) => (isResolvedList(meant) ? checkContent(meant, [...path, "list"]) : [])),
  ];
}

function refers(rule: Rule): boolean {
  return "segment" in rule || "list" in rule || childrenOf(rule).some(refers);
}

function checkChain(
  reference: SegmentCondition,
  path: RulePath,
  vocabulary: RuleVocabulary,
  ownKey: string | undefined,
): Finding[] {
  const chains = chainsFrom(reference);
  const back =
    ownKey === undefined ? undefined : (wayBack(chains, ownKey) ?? liveWayBack(reference, vocabulary, ownKey));
  if (back) {
    const message = `The segment ${quote(ownKey)} would refer to itself: ${[ownKey, ...back].join(" → ")}.`;
    const resolution = `Refer to a segment that does not depend on ${quote(ownKey)}.`;
    return [blocking("reference-cycle", path, message, resolution)];
  }
  const long = chains.find((chain) => chain.length > bounds.references);
  if (!long) return [];
  const message = `Segments refer to one another ${long.length} times in a row: ${long.join(" → ")}.`;
  return [blocking("too-deep", path, message, `Refer at most ${bounds.references} times in a row.`)];
}

/** By what was pinned at each release. */
function wayBack(chains: readonly string[][], ownKey: string): string[] | undefined {
  const back = chains.find((chain) => chain.includes(ownKey));
  return back?.slice(0, back.indexOf(ownKey) + 1);
}

/** By what the segments on the way refer to now: none of them has been released since it was pinned, perhaps. */
function liveWayBack(
  { segment }: SegmentCondition,
  { segments }: RuleVocabulary,
  ownKey: string,
): string[] | undefined {
  const ways = [[segment]];
  const seen = new Set([segment]);
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const last = way.at(-1);
    if (last === undefined || last === ownKey) return way;
    for (const next of referencesOf(segments?.get(last)?.released?.rule).segments) {
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

function checkConditions(conditions: number): Finding[] {
  if (conditions <= bounds.conditions) return [];
  const message = `With its references expanded the rule has ${conditions.toLocaleString("en")} conditions.`;
  const resolution = `Use at most ${bounds.conditions} conditions, those of the segments it refers to among them.`;
  return [blocking("too-many-conditions", [], message, resolution)];
}

function checkListed(customers: number): Finding[] {
  if (customers <= bounds.listedCustomers) return [];
  const most = bounds.listedCustomers.toLocaleString("en");
  const message = `The lists that the rule refers to name more than ${most} customers.`;
  return [blocking("too-many-listed", [], message, `Refer to lists of at most ${most} customers in all.`)];
}

function checkContent({ list, entries }: ResolvedList, path: RulePath): Finding[] {
  if (entries.length > 0) return [];
  const message = `Nobody is on the list ${quote(list)}.`;
  return [warning("empty-list", path, message, "Upload customers to the list, or remove the condition.")];
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
  return kind === undefined ? 1 : sum(childrenOf(node), conditionsIn);
}

function listedIn(node: TreeNode): number {
  if (isResolvedSegment(node)) return listedIn(node.rule);
  return isResolvedList(node) ? node.entries.length : sum(childrenOf(node), listedIn);
}

function sum(nodes: readonly TreeNode[], of: (node: TreeNode) => number): number {
  return nodes.reduce((total, node) => total + of(node), 0);
}
