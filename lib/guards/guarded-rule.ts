import type { TreeNode } from "../rules/definition";
import { expandReferences } from "../rules/references";
import {
  type MeaningfulParts,
  type Meanings,
  type MembershipParts,
  membershipParts,
} from "../segments/membership-parts";
import type { Artefact } from "./artefact";

declare const guarded: unique symbol;

/**
 * A rule joined with its consent and region guards, its lists by hand and its rollout. The brand is made here and
 * nowhere else, so whatever counts, materialises or exports cannot be handed an author's bare rule.
 */
export type GuardedRule = MembershipParts & { readonly [guarded]: true };

/** Takes whom the parts of the document admit: see `membershipParts`, also for what `rolloutPercent` means. */
export function guardedRule(document: MeaningfulParts, meanings: Meanings, rolloutPercent = 100): GuardedRule {
  return brand(membershipParts(document, meanings, rolloutPercent));
}

/** The same rule with a guard that nobody passes: what the kill switch serves. */
export function killedRule({ segment, rule }: Pick<GuardedRule, "segment" | "rule">): GuardedRule {
  const nobody: TreeNode = { guard: "region", regions: [] };
  const tree: TreeNode = { all: [nobody, expandReferences(rule)] };
  return brand({ segment, guards: [nobody], exclude: undefined, include: undefined, rule, rollout: undefined, tree });
}

/** The guarded rule that was frozen into an artefact at its release. */
export function guardedRuleOfArtefact({ key, parts, tree }: Pick<Artefact, "key" | "parts" | "tree">): GuardedRule {
  const { guards, exclude, include, rule, rollout } = parts;
  return brand({ segment: key, guards, exclude, include, rule, rollout, tree });
}

function brand(parts: MembershipParts): GuardedRule {
  return parts as GuardedRule;
}
