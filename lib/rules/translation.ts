import { unreadable } from "./condition-value";
import {
  type AttributeCondition,
  childrenOf,
  formatPath,
  type GuardLeaf,
  groupKindOf,
  type ListedCustomer,
  type RulePath,
  type TreeNode,
} from "./definition";
import { isResolvedList, isResolvedSegment, meaningOf } from "./references";
import { sqlLeaf } from "./sql-tree";

/** Something of a tree that a format cannot say. `path` points into the tree, `resolution` says what would help. */
export type FormatLimit = {
  readonly code: "partial-rollout" | "list-too-long" | "attribute-name" | "too-large";
  readonly path: string;
  readonly message: string;
  readonly resolution: string;
};

/** The whole tree in another format, or why that cannot be: never a part of it. */
export type Translation<Output> =
  | { readonly ok: true; readonly output: Output }
  | { readonly ok: false; readonly limits: readonly FormatLimit[] };

/** How a format says the nodes of a tree. Lists of parts are never empty. */
export type FormatDialect<Part> = {
  constant(value: boolean): Part;
  all(parts: readonly Part[]): Part;
  any(parts: readonly Part[]): Part;
  not(part: Part): Part;
  condition(condition: AttributeCondition): Part;
  consent(purpose: string): Part;
  objection(purpose: string): Part;
  region(regions: readonly string[]): Part;
  /** True for the customers until `before`, in milliseconds; for ever without it. */
  listed(customerIds: readonly string[], before: number | undefined): Part;
  /** What the format cannot say of a condition. */
  limitOf?(condition: AttributeCondition): Omit<FormatLimit, "path"> | undefined;
};

const mostListed = 1_000;

/**
 * Says the tree in a dialect. References are said as what they stand for; what cannot be said within one is told at the
 * place of the outermost reference. Throws `DomainError("invalid", reason "unreadable-rule")` for what it does not know.
 */
export function translate<Part>(tree: TreeNode, dialect: FormatDialect<Part>): Translation<Part> {
  const limits: FormatLimit[] = [];
  const output = partOf(tree, [], { dialect, limits });
  return limits.length === 0 ? { ok: true, output } : { ok: false, limits };
}

type Work<Part> = {
  readonly dialect: FormatDialect<Part>;
  readonly limits: FormatLimit[];
  /** Within what a reference stands for: what authors see of it. */
  readonly reference?: { readonly path: RulePath; readonly name: string };
};

function partOf<Part>(node: TreeNode, path: RulePath, work: Work<Part>): Part {
  const { dialect } = work;
  const kind = groupKindOf(node);
  if (kind !== undefined) {
    const parts = childrenOf(node).map((child, index) => partOf(child, [...path, kind, index], work));
    if (parts.length === 0) return dialect.constant(kind !== "any");
    if (kind === "all") return dialect.all(parts);
    return kind === "any" ? dialect.any(parts) : dialect.not(dialect.any(parts));
  }
  if (isResolvedSegment(node) || isResolvedList(node)) {
    const name = "segment" in node ? `segment "${node.segment}"` : `list "${node.list}"`;
    return partOf(meaningOf(node), path, { ...work, reference: work.reference ?? { path, name } });
  }
  const leaf = sqlLeaf(node);
  return "guard" in leaf ? guardPart(leaf, path, work) : conditionPart(leaf, path, work);
}

function conditionPart<Part>(condition: AttributeCondition, path: RulePath, work: Work<Part>): Part {
  const limit = work.dialect.limitOf?.(condition);
  if (limit) tell(limit, path, work);
  return work.dialect.condition(condition);
}

function guardPart<Part>(leaf: GuardLeaf, path: RulePath, work: Work<Part>): Part {
  const { dialect } = work;
  switch (leaf.guard) {
    case "consent":
      return dialect.consent(leaf.purpose);
    case "objection":
      return dialect.objection(leaf.purpose);
    case "region":
      return leaf.regions.length === 0 ? dialect.constant(false) : dialect.region(leaf.regions);
    case "listed":
      return listedPart(leaf.entries, path, work);
    case "rollout":
      if (leaf.below > 0 && leaf.below < 10_000) tell(partialRollout(leaf.below), path, work);
      return dialect.constant(leaf.below >= 10_000);
    default:
      throw unreadable(`The guard "${JSON.stringify(leaf)}" is not known.`);
  }
}

/** Entries that end alike together: a customer listed twice is then listed until the later expiry by itself. */
function listedPart<Part>(entries: readonly ListedCustomer[], path: RulePath, work: Work<Part>): Part {
  const { dialect } = work;
  if (entries.length > mostListed) tell(listTooLong(entries.length), path, work);
  const byExpiry = Map.groupBy(entries, ({ expiresAt }) => expiresAt);
  const parts = [...byExpiry].map(([expiresAt, group]) =>
    dialect.listed([...new Set(group.map(({ customerId }) => customerId))], expiresAt),
  );
  return parts.length === 0 ? dialect.constant(false) : dialect.any(parts);
}

function tell<Part>(limit: Omit<FormatLimit, "path">, path: RulePath, { limits, reference }: Work<Part>): void {
  const within = reference ? `In ${reference.name}: ` : "";
  limits.push({ ...limit, path: formatPath(reference?.path ?? path), message: `${within}${limit.message}` });
}

function partialRollout(below: number): Omit<FormatLimit, "path"> {
  return {
    code: "partial-rollout",
    message: `A rollout to ${below / 100} % needs MD5, which the format does not have.`,
    resolution: "Release to 100 %, or let the consumer read the tree.",
  };
}

function listTooLong(entries: number): Omit<FormatLimit, "path"> {
  const [have, most] = [entries, mostListed].map((count) => count.toLocaleString("en"));
  return {
    code: "list-too-long",
    message: `A list of ${have} customers is too long for the format, which takes ${most}.`,
    resolution: `List at most ${most} customers, or let the consumer read the tree.`,
  };
}
