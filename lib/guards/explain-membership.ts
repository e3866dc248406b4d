import type { GuardLeaf, Profile, TreeNode } from "../rules/definition";
import { evaluate } from "../rules/evaluate";
import { type Explanation, explain, nearMiss } from "../rules/explain";
import type { GuardedRule } from "./guarded-rule";

export const deciders = ["guard", "exclude", "include", "rule", "rollout"] as const;
export type Decider = (typeof deciders)[number];

export type GuardReason = {
  readonly kind: "consent" | "objection" | "region";
  readonly purpose?: string;
  readonly regions?: readonly string[];
  /** True where the guard lets the customer pass. */
  readonly holds: boolean;
};

export type MembershipReason = {
  readonly member: boolean;
  /** Who spoke first. "rollout" only for a customer whom the rule takes and the rollout does not yet. */
  readonly decidedBy: Decider;
  readonly guards: readonly GuardReason[];
  readonly rule: Explanation;
  /** Where the rule alone keeps the customer out, and one condition alone does that. */
  readonly nearMiss?: Explanation;
};

/** The reason in the order of membership: guards, exclude list, include list, rule, rollout. `asOf` in milliseconds. */
export function explainMembership(guarded: GuardedRule, profile: Profile, asOf: number): MembershipReason {
  const guards = guarded.guards.map((node) => guardReason(node, profile, asOf));
  const rule = explain(guarded.rule, profile, asOf);
  const holds = (part: TreeNode | undefined) => part !== undefined && evaluate(part, profile, asOf);
  const reason = { guards, rule };
  if (guards.some((guard) => !guard.holds)) return { member: false, decidedBy: "guard", ...reason };
  if (holds(guarded.exclude)) return { member: false, decidedBy: "exclude", ...reason };
  if (holds(guarded.include)) return { member: true, decidedBy: "include", ...reason };
  if (rule.holds) {
    const isRolledOut = guarded.rollout === undefined || holds(guarded.rollout);
    return { member: isRolledOut, decidedBy: isRolledOut ? "rule" : "rollout", ...reason };
  }
  const missed = nearMiss(rule);
  return { member: false, decidedBy: "rule", ...reason, ...(missed ? { nearMiss: missed } : {}) };
}

function guardReason(node: TreeNode, profile: Profile, asOf: number): GuardReason {
  const holds = evaluate(node, profile, asOf);
  const leaf = guardOf(node);
  if (leaf?.guard === "consent") return { kind: "consent", purpose: leaf.purpose, holds };
  if (leaf?.guard === "objection") return { kind: "objection", purpose: leaf.purpose, holds };
  return { kind: "region", regions: leaf?.guard === "region" ? leaf.regions : [], holds };
}

/** The leaf of a guard, which may stand in a `none`: "not objected to". */
function guardOf(node: TreeNode): GuardLeaf | undefined {
  if ("guard" in node) return node;
  const only = "none" in node ? node.none[0] : undefined;
  return only && "guard" in only ? only : undefined;
}
