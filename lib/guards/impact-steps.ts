import { childrenOf, groupKindOf, type TreeNode } from "../rules/definition";
import { mixRules } from "../rules/mix-rules";
import { ruleText } from "../rules/rule-text";
import { joinParts } from "../segments/membership-parts";
import type { GuardedRule } from "./guarded-rule";

/** What can move a customer, in the order in which the parts of a rule are exchanged. */
export const impactCauses = ["standing", "consent", "region", "list", "score", "rule"] as const;
export type ImpactCause = (typeof impactCauses)[number];

/** `tree` is the rule once the part that `cause` names has been exchanged too. */
export type ImpactStep = { readonly cause: ImpactCause; readonly tree: TreeNode };

/**
 * The way from one guarded rule to another, a part at a time: consent and objections, region, lists by hand and managed
 * ones, conditions on scores (`scores` holds their attributes' keys), the rest of the rule with its rollout. A customer
 * who moves does so because of the last step that changed the verdict about them. The last tree is that of `after`.
 * A condition that stands in both rules, wherever, is no cause by itself: moving it is a change of the rule. Where one of
 * the two is archived or emptied, that alone moves everyone who moves: the standing is the cause.
 */
export function impactSteps(before: GuardedRule, after: GuardedRule, scores: ReadonlySet<string>): ImpactStep[] {
  if (before.takesNobody || after.takesNobody) return [{ cause: "standing", tree: after.tree }];
  const kept = commonLeaves(before.rule, after.rule);
  const isList = (leaf: TreeNode) => "list" in leaf && !kept.has(ruleText(leaf));
  const isScore = (leaf: TreeNode) => "attribute" in leaf && scores.has(leaf.attribute) && !kept.has(ruleText(leaf));
  const purposesOf = (rule: GuardedRule) => rule.guards.filter((guard) => !isRegion(guard));
  const { segment: _, tree: __, takesNobody: ___, ...parts } = before;
  const consented = { ...parts, guards: [...purposesOf(after), ...before.guards.filter(isRegion)] };
  const resident = { ...consented, guards: after.guards };
  const listed = {
    ...resident,
    ...{ include: after.include, exclude: after.exclude },
    rule: mixRules(before.rule, after.rule, isList),
  };
  const scored = { ...listed, rule: mixRules(before.rule, after.rule, (leaf) => isList(leaf) || isScore(leaf)) };
  return [
    { cause: "consent", tree: joinParts(consented) },
    { cause: "region", tree: joinParts(resident) },
    { cause: "list", tree: joinParts(listed) },
    { cause: "score", tree: joinParts(scored) },
    { cause: "rule", tree: after.tree },
  ];
}

export function isRegion(guard: TreeNode): boolean {
  return "guard" in guard && guard.guard === "region";
}

function commonLeaves(before: TreeNode, after: TreeNode): ReadonlySet<string> {
  const later = new Set(leafTexts(after));
  return new Set(leafTexts(before).filter((text) => later.has(text)));
}

function leafTexts(node: TreeNode): string[] {
  return groupKindOf(node) === undefined ? [ruleText(node)] : childrenOf(node).flatMap(leafTexts);
}
