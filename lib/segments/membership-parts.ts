import type { ListedCustomer, TreeNode } from "../rules/definition";
import { expandReferences, resolveReferences } from "../rules/references";
import type { DocumentVocabulary } from "../rules/vocabulary";
import type { ListEntry, SegmentDocument } from "./document";

export type MeaningfulParts = Pick<SegmentDocument, "key" | "purposes" | "regions" | "definition">;

/** What a document's purposes, segments and lists stand for. */
export type Meanings = Pick<DocumentVocabulary, "purposes" | "segments" | "lists">;

/**
 * The parts of a membership in the order in which they decide, references of the rule resolved; `tree` is these joined,
 * with what references stand for in their place.
 */
export type MembershipParts = {
  readonly segment: string;
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
export function membershipParts(
  document: MeaningfulParts,
  { purposes, ...meanings }: Meanings,
  rolloutPercent = 100,
): MembershipParts {
  const guards: TreeNode[] = document.purposes.map((purpose) =>
    (purposes.get(purpose)?.lawfulBasis ?? "consent") === "consent"
      ? { guard: "consent", purpose }
      : { none: [{ guard: "objection", purpose }] },
  );
  guards.push({ guard: "region", regions: document.regions });
  const exclude = listed(document.definition.exclude);
  const include = listed(document.definition.include);
  const rule = resolveReferences(document.definition.rule, meanings);
  const rollout: TreeNode | undefined =
    rolloutPercent >= 100
      ? undefined
      : { guard: "rollout", salt: document.key, below: Math.round(rolloutPercent * 100) };
  const parts = { segment: document.key, guards, exclude, include, rule, rollout };
  return { ...parts, tree: joinParts(parts) };
}

/** The parts as one tree without references: guards and not excluded and (included or (rule and rollout)). */
export function joinParts({
  guards,
  exclude,
  include,
  rule,
  rollout,
}: Omit<MembershipParts, "segment" | "tree">): TreeNode {
  const meant = expandReferences(rule);
  const chosen: TreeNode = rollout ? { all: [meant, rollout] } : meant;
  const claimed: TreeNode = include ? { any: [include, chosen] } : chosen;
  return { all: [...guards, ...(exclude ? [{ none: [exclude] }] : []), claimed] };
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
