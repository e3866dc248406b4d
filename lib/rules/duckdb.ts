import { unreadable } from "./condition-value";
import type { GuardLeaf, TreeNode } from "./definition";
import { conditionSql } from "./duckdb-condition";
import { type SqlLayout, sqlParameters } from "./duckdb-layout";
import { anyBit, codeIn, textIn } from "./duckdb-membership";
import type { SqlParameters, SqlStatement } from "./sql-statement";
import { type SqlDialect, treeSql, unexpired } from "./sql-tree";
import { storedColumn } from "./stored-column";

/** The tree as a DuckDB expression that is true for members; false or NULL for everyone else. `asOf` in milliseconds. */
export function toDuckDb(tree: TreeNode, layout: SqlLayout, asOf: number): SqlStatement {
  const parameters = sqlParameters();
  return { sql: treeSql(tree, duckDbDialect(layout, asOf, parameters)), parameters: parameters.list };
}

export function duckDbDialect(layout: SqlLayout, asOf: number, parameters: SqlParameters): SqlDialect {
  return {
    leaf(leaf) {
      if ("guard" in leaf) return guardSql(leaf, layout, asOf, parameters);
      return conditionSql(leaf, storedColumn(layout.attributes, leaf.attribute), asOf, parameters);
    },
    isTrue: (expression) => `(${expression}) IS TRUE`,
    isNotTrue: (expression) => `(${expression}) IS NOT TRUE`,
  };
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

function rolloutSql(salt: string, below: number, parameters: SqlParameters): string {
  if (below <= 0) return "FALSE";
  if (below >= 10_000) return "TRUE";
  const hash = `md5(${parameters.add({ type: "text", value: `${salt}:` })} || id)`;
  return `('0x' || left(${hash}, 8))::BIGINT % 10000 < ${Math.ceil(below)}`;
}
