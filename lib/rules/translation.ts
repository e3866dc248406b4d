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
import { meaningfulLeaf } from "./meaningful-leaf";
import { isResolvedList, isResolvedSegment, meaningOf } from "./references";

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

/** How a format says the nodes of a tree. Lists of parts hold at least two. */
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
 * place of the outermost reference. What decides nothing is left out, with all that could not be said of it. Throws
 * `DomainError("invalid", reason "unreadable-rule")` for what it does not know.
 */
export function translate<Part>(tree: TreeNode, dialect: FormatDialect<Part>): Translation<Part> {
  const said = saidOf(tree, { dialect, path: [] });
  if (typeof said === "boolean") return { ok: true, output: dialect.constant(said) };
  return said.limits.length === 0 ? { ok: true, output: said.part } : { ok: false, limits: said.limits };
}

/** A node as a part, or what it always is. */
type Said<Part> = boolean | { readonly part: Part; readonly limits: readonly FormatLimit[] };

type Work<Part> = {
  readonly dialect: FormatDialect<Part>;
  readonly path: RulePath;
  /** Within what a reference stands for: its name, and `path` stays at the reference. */
  readonly reference?: string;
};

function saidOf<Part>(node: TreeNode, work: Work<Part>): Said<Part> {
  const kind = groupKindOf(node);
  if (kind !== undefined) {
    const children = childrenOf(node).map((child, index) => saidOf(child, below(work, [kind, index])));
    const joined = joinedAs(kind === "all" ? "all" : "any", children, work.dialect);
    return kind === "none" ? denied(joined, work.dialect) : joined;
  }
  if (isResolvedSegment(node) || isResolvedList(node)) {
    const name = "segment" in node ? `segment "${node.segment}"` : `list "${node.list}"`;
    return saidOf(meaningOf(node), { ...work, reference: work.reference ?? name });
  }
  const leaf = meaningfulLeaf(node);
  return "guard" in leaf ? guardSaid(leaf, work) : conditionSaid(leaf, work);
}

function below<Part>(work: Work<Part>, steps: RulePath): Work<Part> {
  return work.reference === undefined ? { ...work, path: [...work.path, ...steps] } : work;
}

/** One false decides an `all`, one true an `any`; the others decide nothing. */
function joinedAs<Part>(
  kind: "all" | "any",
  children: readonly Said<Part>[],
  dialect: FormatDialect<Part>,
): Said<Part> {
  const decisive = kind === "any";
  if (children.includes(decisive)) return decisive;
  const open = children.filter((child) => typeof child !== "boolean");
  const [only] = open;
  if (only === undefined) return !decisive;
  if (open.length === 1) return only;
  return { part: dialect[kind](open.map(({ part }) => part)), limits: open.flatMap(({ limits }) => limits) };
}

function denied<Part>(said: Said<Part>, dialect: FormatDialect<Part>): Said<Part> {
  return typeof said === "boolean" ? !said : { ...said, part: dialect.not(said.part) };
}

function conditionSaid<Part>(condition: AttributeCondition, work: Work<Part>): Said<Part> {
  return limited(work.dialect.condition(condition), work.dialect.limitOf?.(condition), work);
}

function guardSaid<Part>(leaf: GuardLeaf, work: Work<Part>): Said<Part> {
  const { dialect } = work;
  switch (leaf.guard) {
    case "consent":
      return limited(dialect.consent(leaf.purpose), undefined, work);
    case "objection":
      return limited(dialect.objection(leaf.purpose), undefined, work);
    case "region":
      return leaf.regions.length > 0 && limited(dialect.region(leaf.regions), undefined, work);
    case "listed":
      return listedSaid(leaf.entries, work);
    case "rollout":
      if (leaf.below <= 0 || leaf.below >= 10_000) return leaf.below > 0;
      return limited(dialect.constant(false), partialRollout(leaf.below), work);
    default:
      throw unreadable(`The guard "${JSON.stringify(leaf)}" is not known.`);
  }
}

/** Entries that end alike together: a customer listed twice is then listed until the later expiry by itself. */
function listedSaid<Part>(entries: readonly ListedCustomer[], work: Work<Part>): Said<Part> {
  const { dialect } = work;
  const limit = entries.length > mostListed ? listTooLong() : undefined;
  const byExpiry = Map.groupBy(entries, ({ expiresAt }) => expiresAt);
  const parts = [...byExpiry].map(([expiresAt, group]) =>
    dialect.listed([...new Set(group.map(({ customerId }) => customerId))], expiresAt),
  );
  const [only] = parts;
  return only !== undefined && limited(parts.length === 1 ? only : dialect.any(parts), limit, work);
}

type Limit = Omit<FormatLimit, "path">;

function limited<Part>(part: Part, limit: Limit | undefined, { path, reference }: Work<Part>): Said<Part> {
  if (limit === undefined) return { part, limits: [] };
  const message = reference === undefined ? limit.message : `In ${reference}: ${limit.message}`;
  return { part, limits: [{ ...limit, path: formatPath(path), message }] };
}

function partialRollout(below: number): Limit {
  return {
    code: "partial-rollout",
    message: `A rollout to ${below / 100} % needs MD5, which the format does not have.`,
    resolution: "Release to 100 %, or let the consumer read the tree.",
  };
}

/** Whom a list names is counted for few: everybody may read what a format cannot say. */
function listTooLong(): Limit {
  const most = mostListed.toLocaleString("en");
  return {
    code: "list-too-long",
    message: `A list of more than ${most} customers is too long for the format.`,
    resolution: `List at most ${most} customers, or let the consumer read the tree.`,
  };
}
