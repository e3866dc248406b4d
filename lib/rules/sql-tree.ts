import type { ListedCustomer, TreeNode } from "./definition";
import { type MeaningfulLeaf, meaningfulLeaf } from "./meaningful-leaf";
import { isResolvedList, isResolvedSegment, meaningOf } from "./references";

/** How a dialect of SQL says the leaves of a tree. */
export type SqlDialect = {
  /** True, or false or NULL for "does not hold". */
  leaf(leaf: MeaningfulLeaf): string;
  /** Of an expression that may be NULL: true or false. */
  isTrue(expression: string): string;
  isNotTrue(expression: string): string;
};

/**
 * The tree as an expression that is true for members; false or NULL for everyone else. `all` and `any` cannot turn
 * NULL into true, so NULL passes through them and is made false only where `none` negates. Throws
 * `DomainError("invalid", reason "unreadable-rule")` for what the dialect does not know.
 */
export function treeSql(tree: TreeNode, dialect: SqlDialect): string {
  const sqlOf = (child: TreeNode) => `(${treeSql(child, dialect)})`;
  if ("all" in tree) return tree.all.map(sqlOf).join(" AND ") || "TRUE";
  if ("any" in tree) return tree.any.map(sqlOf).join(" OR ") || "FALSE";
  if ("none" in tree) return tree.none.length === 0 ? "TRUE" : dialect.isNotTrue(tree.none.map(sqlOf).join(" OR "));
  if (isResolvedSegment(tree) || isResolvedList(tree)) return treeSql(meaningOf(tree), dialect);
  return dialect.leaf(meaningfulLeaf(tree));
}

/** Ids of the entries that count at `asOf` (milliseconds). */
export function unexpired(entries: readonly ListedCustomer[], asOf: number): string[] {
  return entries
    .filter(({ expiresAt }) => expiresAt === undefined || asOf < expiresAt)
    .map(({ customerId }) => customerId);
}
