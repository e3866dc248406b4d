import type { TreeNode } from "../rules/definition";
import { keepListed } from "../rules/keep-listed";
import {
  type MeaningfulParts,
  type Meanings,
  type MembershipParts,
  membershipParts,
  partsOfNobody,
  rolledOut,
} from "../segments/membership-parts";
import { type Artefact, takesNobody } from "./artefact";

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
export function killedRule(rule: Pick<GuardedRule, "segment" | "rule">): GuardedRule {
  return brand(partsOfNobody(rule));
}

/** What is served of an archived segment: nobody, and nothing of the rule that it had. */
export function tombstoneRule(segment: string): GuardedRule {
  const nobody: TreeNode = { guard: "region", regions: [] };
  return brand({ ...partsOfNobody({ segment, rule: nobody }), tree: { all: [nobody] } });
}

/** The same rule for another share of customers. */
export function guardedRuleFor(rule: GuardedRule, rolloutPercent: number): GuardedRule {
  return brand(rolledOut(rule, rolloutPercent));
}

/** The same rule for whoever asks of these customers only: nobody else stands in its lists, which may be long. */
export function guardedRuleAmong(rule: GuardedRule, customers: ReadonlySet<string>): GuardedRule {
  const among = (node: TreeNode) => keepListed(node, (customerId) => customers.has(customerId));
  const { exclude, include } = rule;
  return brand({
    ...rule,
    ...{ rule: among(rule.rule), tree: among(rule.tree) },
    ...{ exclude: exclude && among(exclude), include: include && among(include) },
  });
}

/** The guarded rule that was frozen into an artefact at its release. */
export function guardedRuleOfArtefact({ key, parts, tree, killed = false, standing = null }: ServedRule): GuardedRule {
  const { guards, exclude, include, rule, rollout } = parts;
  const emptied = takesNobody({ killed, standing });
  return brand({ segment: key, guards, exclude, include, rule, rollout, tree, takesNobody: emptied });
}

type ServedRule = Pick<Artefact, "key" | "parts" | "tree"> & Partial<Pick<Artefact, "killed" | "standing">>;

function brand(parts: MembershipParts): GuardedRule {
  return parts as GuardedRule;
}
