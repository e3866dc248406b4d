import { unreadable } from "./compile-condition";
import type { GuardLeaf, TreeNode } from "./definition";
import { conditionSql } from "./duckdb-condition";
import { type SqlLayout, type SqlParameters, type SqlStatement, sqlParameters } from "./duckdb-layout";
import { anyBit, codeIn, textIn } from "./duckdb-membership";

/** The tree as a DuckDB expression that is true for members; false or NULL for everyone else. */
export function toDuckDb(tree: TreeNode, layout: SqlLayout, asOf: number): SqlStatement {
  const parameters = sqlParameters();
  return { sql: nodeSql(tree, layout, asOf, parameters), parameters: parameters.list };
}

/**
 * `all` and `any` cannot turn NULL into true, so NULL passes through them and is made false only where `none` negates.
 * Throws `DomainError("invalid", reason "unreadable-rule")` for what the layout does not know.
 */
export function nodeSql(tree: TreeNode, layout: SqlLayout, asOf: number, parameters: SqlParameters): string {
  const sqlOf = (child: TreeNode) => `(${nodeSql(child, layout, asOf, parameters)})`;
  if ("all" in tree) return tree.all.map(sqlOf).join(" AND ") || "TRUE";
  if ("any" in tree) return tree.any.map(sqlOf).join(" OR ") || "FALSE";
  if ("none" in tree) return tree.none.length === 0 ? "TRUE" : `(${tree.none.map(sqlOf).join(" OR ")}) IS NOT TRUE`;
  return leafSql(tree, layout, asOf, parameters);
}

export type Leaf = Exclude<TreeNode, { all: unknown } | { any: unknown } | { none: unknown }>;

export function leafSql(leaf: Leaf, layout: SqlLayout, asOf: number, parameters: SqlParameters): string {
  if ("guard" in leaf) return guardSql(leaf, layout, asOf, parameters);
  if ("segment" in leaf) throw unreadable(`The rule refers to segment "${leaf.segment}", which is not expanded.`);
  if ("list" in leaf) throw unreadable(`The rule refers to list "${leaf.list}", which is not expanded.`);
  if (!("attribute" in leaf))
    throw unreadable(`A rule holds a node that is neither group nor condition: ${Object.keys(leaf).join(", ")}.`);
  const column = layout.attributes.get(leaf.attribute);
  if (!column) throw unreadable(`The rule names attribute "${leaf.attribute}", which is not stored.`);
  return conditionSql(leaf, column, asOf, parameters);
}

function guardSql(leaf: GuardLeaf, layout: SqlLayout, asOf: number, parameters: SqlParameters): string {
  switch (leaf.guard) {
    case "consent":
      return anyBit(layout.consents, [leaf.purpose]);
    case "objection":
      return anyBit(layout.objections, [leaf.purpose]);
    case "region":
      return codeIn(
        layout.region,
        leaf.regions.flatMap((region) => layout.region.codes.get(region) ?? []),
      );
    case "listed":
      return textIn("id", unexpired(leaf.entries, asOf), parameters);
    case "rollout":
      return rolloutSql(leaf.salt, leaf.below, parameters);
    default:
      throw unreadable(`The guard "${JSON.stringify(leaf)}" is not known.`);
  }
}

function unexpired(entries: Extract<GuardLeaf, { guard: "listed" }>["entries"], asOf: number): string[] {
  return entries
    .filter(({ expiresAt }) => expiresAt === undefined || asOf < expiresAt)
    .map(({ customerId }) => customerId);
}

function rolloutSql(salt: string, below: number, parameters: SqlParameters): string {
  if (below <= 0) return "FALSE";
  if (below >= 10_000) return "TRUE";
  const hash = `md5(${parameters.add({ type: "text", value: `${salt}:` })} || id)`;
  return `('0x' || left(${hash}, 8))::BIGINT % 10000 < ${Math.ceil(below)}`;
}
