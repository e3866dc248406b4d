import { childrenOf, formatPath, type GroupKind, groupKindOf, type Rule, type RulePath } from "./definition";
import { ruleText } from "./rule-text";

/** A place in the newest rule, and the index in the line of the rule that made it what it is. */
export type BlamedNode = { readonly path: RulePath; readonly since: number };

type PlacedNode = { readonly path: RulePath; readonly identity: string };

/**
 * For each node of the last rule of a line, oldest first, since which rule it has stood without a break. A condition is
 * the same under groups of the same kinds, wherever among its siblings; a group is the same with the same children.
 */
export function blameRule(line: readonly Rule[]): BlamedNode[] {
  let since = new Map<string, number>();
  let nodes: readonly PlacedNode[] = [];
  for (const [index, rule] of line.entries()) {
    nodes = nodesOf(rule, [], []);
    const before = since;
    since = new Map(nodes.map(({ identity }) => [identity, before.get(identity) ?? index]));
  }
  return nodes.map(({ path, identity }) => ({ path, since: since.get(identity) ?? 0 }));
}

/** By place, as `formatPath` writes it. */
export function blameByPath(nodes: readonly BlamedNode[]): ReadonlyMap<string, number> {
  return new Map(nodes.map(({ path, since }) => [formatPath(path), since]));
}

function nodesOf(rule: Rule, path: RulePath, above: readonly GroupKind[]): PlacedNode[] {
  const kind = groupKindOf(rule);
  const own = { path, identity: [...above, unorderedText(rule)].join(" ") };
  if (kind === undefined) return [own];
  const below = [...above, kind];
  return [own, ...childrenOf(rule).flatMap((child, index) => nodesOf(child, [...path, kind, index], below))];
}

/** The same for groups whose children stand in another order: that changes nothing. */
function unorderedText(rule: Rule): string {
  const kind = groupKindOf(rule);
  return kind === undefined ? ruleText(rule) : `${kind}(${childrenOf(rule).map(unorderedText).sort().join(",")})`;
}
