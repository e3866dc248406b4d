import type { Artefact } from "../guards/artefact";
import type { GuardLeaf, ListedCustomer, TreeNode } from "../rules/definition";

/** What a key may be told of: an environment, and the regions and purposes in it. Both lists are sorted, once each. */
export type Scope = {
  readonly environment: string;
  readonly regions: readonly string[];
  readonly purposes: readonly string[];
};

export function scopeOf(key: { environment: string; regions: readonly string[]; purposes: readonly string[] }): Scope {
  const sorted = (values: readonly string[]) => [...new Set(values)].sort();
  return { environment: key.environment, regions: sorted(key.regions), purposes: sorted(key.purposes) };
}

/** The same text for the same scope, on every process. */
export function scopeName({ environment, regions, purposes }: Scope): string {
  return JSON.stringify([environment, regions, purposes]);
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
  if (!artefact.purposes.some(({ key }) => scope.purposes.includes(key))) return null;
  const regions = artefact.regions.filter((region) => scope.regions.includes(region));
  if (regions.length === 0) return null;
  const narrow = (node: TreeNode) => withoutForeign(node, foreign);
  const { guards, exclude, include, rule, rollout } = artefact.parts;
  return {
    ...artefact,
    regions,
    purposes: artefact.purposes.filter(({ key }) => scope.purposes.includes(key)),
    parts: {
      guards: guards.map((guard) => narrowRegion(guard, scope)),
      rule,
      ...(exclude ? { exclude: narrow(exclude) } : {}),
      ...(include ? { include: narrow(include) } : {}),
      ...(rollout ? { rollout } : {}),
    },
    tree: narrow(narrowTree(artefact.tree, scope)),
  };
}

/** The customers whom an artefact names by hand. */
export function listedCustomers({ parts }: Pick<Artefact, "parts">): ListedCustomer[] {
  return [parts.exclude, parts.include].flatMap((node) =>
    node && "guard" in node && node.guard === "listed" ? node.entries : [],
  );
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

function withoutForeign(node: TreeNode, foreign: (customerId: string) => boolean): TreeNode {
  if ("all" in node) return { all: node.all.map((child) => withoutForeign(child, foreign)) };
  if ("any" in node) return { any: node.any.map((child) => withoutForeign(child, foreign)) };
  if ("none" in node) return { none: node.none.map((child) => withoutForeign(child, foreign)) };
  if (!("guard" in node) || node.guard !== "listed") return node;
  return { guard: "listed", entries: node.entries.filter(({ customerId }) => !foreign(customerId)) };
}
