import type { Catalogue } from "../catalogue/definition";
import type { ListedCustomer, TreeNode } from "../rules/definition";
import type { ListEntry, SegmentDocument } from "../segments/document";
import type { Artefact } from "./artefact";

declare const guarded: unique symbol;

/**
 * A rule joined with its consent and region guards, its lists by hand and its rollout. The brand is made here and
 * nowhere else, so whatever counts, materialises or exports cannot be handed an author's bare rule.
 */
export type GuardedRule = {
  readonly [guarded]: true;
  readonly segment: string;
  /** The parts in the order in which they decide; `tree` is these joined. */
  readonly guards: readonly TreeNode[];
  readonly exclude: TreeNode | undefined;
  readonly include: TreeNode | undefined;
  readonly rule: TreeNode;
  readonly rollout: TreeNode | undefined;
  readonly tree: TreeNode;
};

/**
 * Guards first, then the exclude list, then the include list, then rule and rollout: the first that speaks decides.
 * A purpose that the catalogue does not know is guarded as one that rests on consent: the stricter reading.
 * `rolloutPercent` is 0 to 100, with two decimals at most having an effect.
 */
export function guardedRule(
  document: Pick<SegmentDocument, "key" | "purposes" | "regions" | "definition">,
  catalogue: Pick<Catalogue, "purposes">,
  rolloutPercent = 100,
): GuardedRule {
  const guards: TreeNode[] = document.purposes.map((purpose) =>
    (catalogue.purposes.get(purpose)?.lawfulBasis ?? "consent") === "consent"
      ? { guard: "consent", purpose }
      : { none: [{ guard: "objection", purpose }] },
  );
  guards.push({ guard: "region", regions: document.regions });
  const exclude = listed(document.definition.exclude);
  const include = listed(document.definition.include);
  const rule: TreeNode = document.definition.rule;
  const rollout: TreeNode | undefined =
    rolloutPercent >= 100
      ? undefined
      : { guard: "rollout", salt: document.key, below: Math.round(rolloutPercent * 100) };
  const chosen: TreeNode = rollout ? { all: [rule, rollout] } : rule;
  const claimed: TreeNode = include ? { any: [include, chosen] } : chosen;
  const tree: TreeNode = { all: [...guards, ...(exclude ? [{ none: [exclude] }] : []), claimed] };
  return brand({ segment: document.key, guards, exclude, include, rule, rollout, tree });
}

/** The same rule with a guard that nobody passes: what the kill switch serves. */
export function killedRule({ segment, rule }: Pick<GuardedRule, "segment" | "rule">): GuardedRule {
  const nobody: TreeNode = { guard: "region", regions: [] };
  const tree: TreeNode = { all: [nobody, rule] };
  return brand({ segment, guards: [nobody], exclude: undefined, include: undefined, rule, rollout: undefined, tree });
}

/** The guarded rule that was frozen into an artefact at its release. */
export function guardedRuleOfArtefact({ key, parts, tree }: Pick<Artefact, "key" | "parts" | "tree">): GuardedRule {
  const { guards, exclude, include, rule, rollout } = parts;
  return brand({ segment: key, guards, exclude, include, rule, rollout, tree });
}

function listed(entries: readonly ListEntry[]): TreeNode | undefined {
  if (entries.length === 0) return undefined;
  return {
    guard: "listed",
    entries: entries.map(
      ({ customerId, expiresAt }): ListedCustomer =>
        expiresAt === undefined ? { customerId } : { customerId, expiresAt: Date.parse(expiresAt) },
    ),
  };
}

function brand(parts: Omit<GuardedRule, typeof guarded>): GuardedRule {
  return parts as GuardedRule;
}
