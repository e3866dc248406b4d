import { hash } from "node:crypto";
import type { Artefact } from "../guards/artefact";
import { servedRegions, type TransferRule } from "../guards/transfer-rule";
import { childrenOf, type GuardLeaf, type ListedCustomer, type TreeNode } from "../rules/definition";
import { keepListed } from "../rules/keep-listed";

/** What a key may be told of: an environment, and the regions and purposes in it. Both lists are sorted, once each. */
export type Scope = {
  readonly environment: string;
  readonly regions: readonly string[];
  readonly purposes: readonly string[];
};

type ScopedKey = {
  readonly environment: string;
  readonly regions: readonly string[];
  readonly purposes: readonly string[];
  /** The region in which its consumer runs; null where nobody said. */
  readonly location: string | null;
};

/** Of the key's regions only those whose data may go where its consumer runs: perhaps none. */
export function scopeOf(
  { environment, regions, purposes, location }: ScopedKey,
  transfers: readonly TransferRule[],
): Scope {
  const sorted = (values: readonly string[]) => [...new Set(values)].sort();
  return { environment, regions: sorted(servedRegions(regions, location, transfers)), purposes: sorted(purposes) };
}

/** The same text for the same scope, on every process. */
export function scopeName({ environment, regions, purposes }: Scope): string {
  return JSON.stringify([environment, regions, purposes]);
}

/** Names a scope in few characters: the first 22 of the base64url SHA-256 of its name. */
export function scopeId(scope: Scope): string {
  return hash("sha256", scopeName(scope), "base64url").slice(0, 22);
}

/**
 * An artefact as a scope may see it, or null where regions or purposes do not meet. Its rule admits residents of the
 * scope's regions only, and names nobody of whom `foreign` says that they reside elsewhere.
 */
export function narrowArtefact(
  artefact: Artefact,
  scope: Scope,
  foreign: (customerId: string) => boolean,
): Artefact | null {
  if (!isInScope(artefact, scope)) return null;
  const regions = artefact.regions.filter((region) => scope.regions.includes(region));
  // Who is left out of a list in a `none` is let through there: the region guard in front keeps them out.
  const narrow = (node: TreeNode) => keepListed(node, (customerId) => !foreign(customerId));
  const { guards, exclude, include, rule, rollout } = artefact.parts;
  return {
    ...artefact,
    regions,
    purposes: artefact.purposes.filter(({ key }) => scope.purposes.includes(key)),
    parts: {
      guards: guards.map((guard) => narrowRegion(guard, scope)),
      rule: narrow(rule),
      ...(exclude ? { exclude: narrow(exclude) } : {}),
      ...(include ? { include: narrow(include) } : {}),
      ...(rollout ? { rollout } : {}),
    },
    tree: narrow(narrowTree(artefact.tree, scope)),
  };
}

/** Whether purposes meet, and regions. */
export function isInScope({ purposes, regions }: Pick<Artefact, "purposes" | "regions">, scope: Scope): boolean {
  const meets = purposes.some(({ key }) => scope.purposes.includes(key));
  return meets && regions.some((region) => scope.regions.includes(region));
}

/** The customers whom an artefact names: by hand, or by a managed list that its rule refers to, in whatever group. */
export function listedCustomers({ tree }: Pick<Artefact, "tree">): ListedCustomer[] {
  return listedIn(tree);
}

function listedIn(node: TreeNode): ListedCustomer[] {
  if ("guard" in node) return node.guard === "listed" ? [...node.entries] : [];
  return childrenOf(node).flatMap(listedIn);
}

/** Where the tree does not stand under a region guard of its own, one is put in front: no tree goes out without. */
function narrowTree(tree: TreeNode, scope: Scope): TreeNode {
  if ("all" in tree && tree.all.some(isRegionGuard)) {
    return { all: tree.all.map((node) => narrowRegion(node, scope)) };
  }
  return { all: [{ guard: "region", regions: scope.regions }, tree] };
}

function narrowRegion(node: TreeNode, scope: Scope): TreeNode {
  if (!isRegionGuard(node)) return node;
  return { guard: "region", regions: node.regions.filter((region) => scope.regions.includes(region)) };
}

function isRegionGuard(node: TreeNode): node is Extract<GuardLeaf, { guard: "region" }> {
  return "guard" in node && node.guard === "region";
}
