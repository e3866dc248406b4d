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
  return explainNode(judge(tree, { profile, asOf }), { profile, asOf }, [], true);
}

type Of = { readonly profile: Profile; readonly asOf: number };
type Judged = { readonly node: TreeNode; readonly holds: boolean; readonly children: readonly Judged[] };

/** From the leaves up; which of them decide is known only then. */
function judge(node: TreeNode, of: Of): Judged {
  const kind = groupKindOf(node);
  if (kind === undefined) return { node, holds: evaluate(node, of.profile, of.asOf), children: [] };
  const children = childrenOf(node).map((child) => judge(child, of));
  return { node, holds: groupHolds(kind, children), children };
}

function explainNode(judged: Judged, of: Of, path: RulePath, decisive: boolean): Explanation {
  const { node, holds, children } = judged;
  const kind = groupKindOf(node);
  if (kind === undefined) return explainLeaf(judged, of, path, decisive);
  const decides = decidesIn(kind, children);
  return {
    ...{ path, kind, node, holds, decisive },
    children: children.map((child, index) =>
      explainNode(child, of, [...path, kind, index], decisive && decides(child)),
    ),
  };
}

function explainLeaf({ node, holds }: Judged, of: Of, path: RulePath, decisive: boolean): Explanation {
  const kind = "guard" in node ? "guard" : "condition";
  const actual = "attribute" in node ? of.profile.attributes[node.attribute] : undefined;
  const children = isResolvedSegment(node) ? [explainNode(judge(node.rule, of), of, [...path, "rule"], false)] : [];
  const bare = { path, kind, node, holds, decisive, children } as const;
  return actual !== undefined && isPresent(actual) ? { ...bare, actual } : bare;
}

type Verdict = { readonly holds: boolean };

function groupHolds(kind: GroupKind, children: readonly Verdict[]): boolean {
  return kind === "all"
    ? children.every(({ holds }) => holds)
    : children.some(({ holds }) => holds) === (kind === "any");
}

/** A child decides where the others would let it: all of them hold in an `all`, none of them in `any` and `none`. */
function decidesIn(kind: GroupKind, children: readonly Verdict[]): (child: Verdict) => boolean {
  const against = children.filter(({ holds }) => holds !== (kind === "all")).length;
  return ({ holds }) => against === (holds !== (kind === "all") ? 1 : 0);
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

/** Where a tree does not hold: the only condition that, flipped alone, would make it hold. */
export function nearMiss(explanation: Explanation): Explanation | undefined {
  if (explanation.holds) return undefined;
  const [only, ...others] = explainedLeaves(explanation).filter(({ decisive }) => decisive);
  return others.length === 0 ? only : undefined;
}
