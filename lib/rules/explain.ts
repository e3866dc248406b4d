import { isPresent } from "./compile-condition";
import {
  type AttributeValue,
  childrenOf,
  type GroupKind,
  groupKindOf,
  type Profile,
  type RulePath,
  type TreeNode,
} from "./definition";
import { evaluate } from "./evaluate";
import { isResolvedSegment } from "./references";

/** Why a tree holds or not, node for node. `path` and `node` are those of the tree. */
export type Explanation = {
  readonly path: RulePath;
  readonly kind: GroupKind | "condition" | "guard";
  readonly node: TreeNode;
  readonly holds: boolean;
  /** The customer's value of a condition's attribute; absent where it is missing, and for groups and guards. */
  readonly actual?: AttributeValue;
  /** Flipping this node alone, all others staying as they are, flips the verdict. */
  readonly decisive: boolean;
  /** Of a group; and of a reference to a segment the one node that says why that segment's rule holds or not. */
  readonly children: readonly Explanation[];
};

/** `asOf` in milliseconds. Evaluates every node, also those that a short cut would skip. */
export function explain(tree: TreeNode, profile: Profile, asOf: number): Explanation {
  return explainNode(tree, profile, asOf, [], true);
}

function explainNode(node: TreeNode, profile: Profile, asOf: number, path: RulePath, decisive: boolean): Explanation {
  const kind = groupKindOf(node);
  if (kind === undefined) return explainLeaf(node, profile, asOf, path, decisive);
  const nodes = childrenOf(node);
  const verdicts = nodes.map((child) => evaluate(child, profile, asOf));
  const decides = decidesIn(kind, verdicts);
  const children = nodes.map((child, index) =>
    explainNode(child, profile, asOf, [...path, kind, index], decisive && decides(index)),
  );
  return { path, kind, node, holds: groupHolds(kind, verdicts), decisive, children };
}

function explainLeaf(node: TreeNode, profile: Profile, asOf: number, path: RulePath, decisive: boolean): Explanation {
  const holds = evaluate(node, profile, asOf);
  const kind = "guard" in node ? "guard" : "condition";
  const actual = "attribute" in node ? profile.attributes[node.attribute] : undefined;
  const children = isResolvedSegment(node) ? [explainNode(node.rule, profile, asOf, [...path, "rule"], false)] : [];
  const bare = { path, kind, node, holds, decisive, children } as const;
  return actual !== undefined && isPresent(actual) ? { ...bare, actual } : bare;
}

function groupHolds(kind: GroupKind, verdicts: readonly boolean[]): boolean {
  return kind === "all" ? verdicts.every(Boolean) : verdicts.some(Boolean) === (kind === "any");
}

/** A child decides where the others would let it: all of them hold in an `all`, none of them in `any` and `none`. */
function decidesIn(kind: GroupKind, verdicts: readonly boolean[]): (index: number) => boolean {
  const against = verdicts.filter((holds) => holds !== (kind === "all")).length;
  return (index) => against === (verdicts[index] !== (kind === "all") ? 1 : 0);
}

/** The conditions and guards of an explanation in the order of the tree. */
export function explainedLeaves(explanation: Explanation): Explanation[] {
  return explanation.kind === "condition" || explanation.kind === "guard"
    ? [explanation]
    : explanation.children.flatMap(explainedLeaves);
}

/**
 * The one condition to name as what decides: the only one whose flip flips the verdict, or of several the one that
 * alone keeps its side among siblings on the other (the one of an `any` that holds, the one of an `all` that does not).
 */
export function decisiveCondition(explanation: Explanation): Explanation | undefined {
  const leaves = weighDecisive(explanation, 0);
  const heaviest = Math.max(...leaves.map(({ weight }) => weight));
  const [first, ...others] = leaves.filter(({ weight }) => weight === heaviest);
  return others.length === 0 ? first?.leaf : undefined;
}

type Weighed = { readonly leaf: Explanation; readonly weight: number };

function weighDecisive(explanation: Explanation, weight: number): Weighed[] {
  const { kind, decisive, children } = explanation;
  if (!decisive) return [];
  if (kind === "condition" || kind === "guard") return [{ leaf: explanation, weight }];
  return children.flatMap((child) => weighDecisive(child, weight + (standsAlone(explanation, child) ? 1 : 0)));
}

function standsAlone({ kind, children }: Explanation, child: Explanation): boolean {
  return children.length > 1 && child.holds !== (kind === "all");
}

/** Where the tree does not hold: the only condition that, flipped alone, would make it hold. */
export function nearMiss(tree: TreeNode, profile: Profile, asOf: number): Explanation | undefined {
  const explanation = explain(tree, profile, asOf);
  if (explanation.holds) return undefined;
  const [only, ...others] = explainedLeaves(explanation).filter(({ decisive }) => decisive);
  return others.length === 0 ? only : undefined;
}
