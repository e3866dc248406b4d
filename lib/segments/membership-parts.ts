import type { Catalogue } from "../catalogue/definition";
import type { ListedCustomer, TreeNode } from "../rules/definition";
import type { ListEntry, SegmentDocument } from "./document";

export type MeaningfulParts = Pick<SegmentDocument, "key" | "purposes" | "regions" | "definition">;

/** The parts of a membership in the order in which they decide; `tree` is these joined. */
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
  catalogue: Pick<Catalogue, "purposes">,
  rolloutPercent = 100,
): MembershipParts {
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
  return { segment: document.key, guards, exclude, include, rule, rollout, tree };
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
