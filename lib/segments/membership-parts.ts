import type { ListedCustomer, TreeNode } from "../rules/definition";
import { expandReferences, resolveReferences } from "../rules/references";
import type { DocumentVocabulary } from "../rules/vocabulary";
import { isArchived, type ListEntry, type SegmentDocument } from "./document";

export type MeaningfulParts = Pick<SegmentDocument, "key" | "purposes" | "regions" | "definition" | "standing">;

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
  /** Archived, or emptied by the kill switch: the tree takes nobody, whatever the rule says. */
  readonly takesNobody: boolean;
};

/**
 * Guards first, then the exclude list, then the include list, then rule and rollout: the first that speaks decides.
 * A purpose that the catalogue does not know is guarded as one that rests on consent: the stricter reading.
 * `rolloutPercent` is 0 to 100, with two decimals at most having an effect. An archived document takes nobody.
 */
export function membershipParts(
  document: MeaningfulParts,
  { purposes, ...meanings }: Meanings,
  rolloutPercent = 100,
): MembershipParts {
  const rule = resolveReferences(document.definition.rule, meanings);
  if (isArchived(document)) return partsOfNobody({ segment: document.key, rule });
  const guards: TreeNode[] = document.purposes.map((purpose) =>
    (purposes.get(purpose)?.lawfulBasis ?? "consent") === "consent"
      ? { guard: "consent", purpose }
      : { none: [{ guard: "objection", purpose }] },
  );
  guards.push({ guard: "region", regions: document.regions });
  const exclude = listed(document.definition.exclude);
  const include = listed(document.definition.include);
  const rollout = rolloutOf(document.key, rolloutPercent);
  const parts = { segment: document.key, guards, exclude, include, rule, rollout };
  return { ...parts, tree: joinParts(parts), takesNobody: false };
}

/** The same parts for another share of customers. */
export function rolledOut(parts: MembershipParts, rolloutPercent: number): MembershipParts {
  if (parts.takesNobody) return parts;
  const changed = { ...parts, rollout: rolloutOf(parts.segment, rolloutPercent) };
  return { ...changed, tree: joinParts(changed) };
}

function rolloutOf(segment: string, percent: number): TreeNode | undefined {
  return percent >= 100 ? undefined : { guard: "rollout", salt: segment, below: Math.round(percent * 100) };
}

/** The rule behind a guard that nobody passes. */
export function partsOfNobody({ segment, rule }: Pick<MembershipParts, "segment" | "rule">): MembershipParts {
  const guards: TreeNode[] = [{ guard: "region", regions: [] }];
  const parts = { segment, guards, exclude: undefined, include: undefined, rule, rollout: undefined };
  return { ...parts, tree: { all: [...guards, expandReferences(rule)] }, takesNobody: true };
}

/** The parts as one tree without references: guards and not excluded and (included or (rule and rollout)). */
export function joinParts({
  guards,
  exclude,
  include,
  rule,
  rollout,
}: Pick<MembershipParts, "guards" | "exclude" | "include" | "rule" | "rollout">): TreeNode {
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
