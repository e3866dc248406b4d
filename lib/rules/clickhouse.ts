import { conditionSql } from "./clickhouse-condition";
import { type ClickHouseLayout, clickHouseParameters } from "./clickhouse-layout";
import { textIn } from "./clickhouse-texts";
import { unreadable } from "./condition-value";
import type { GuardLeaf, TreeNode } from "./definition";
import type { SqlParameters, SqlStatement } from "./sql-statement";
import { type SqlDialect, treeSql, unexpired } from "./sql-tree";
import { storedColumn } from "./stored-column";

/** The tree as a ClickHouse expression that is true for members; false or NULL for everyone else. `asOf` in milliseconds. */
export function toClickHouse(tree: TreeNode, layout: ClickHouseLayout, asOf: number): SqlStatement {
  const parameters = clickHouseParameters();
  return { sql: treeSql(tree, clickHouseDialect(layout, asOf, parameters)), parameters: parameters.list };
}

export function clickHouseDialect(layout: ClickHouseLayout, asOf: number, parameters: SqlParameters): SqlDialect {
  return {
    leaf(leaf) {
      if ("guard" in leaf) return guardSql(leaf, asOf, parameters);
      return conditionSql(leaf, storedColumn(layout.attributes, leaf.attribute), asOf, parameters);
    },
    isTrue: (expression) => `ifNull(${expression}, FALSE)`,
    isNotTrue: (expression) => `NOT ifNull(${expression}, FALSE)`,
  };
}

function guardSql(leaf: GuardLeaf, asOf: number, parameters: SqlParameters): string {
  switch (leaf.guard) {
    case "consent":
      return `has(consents, ${parameters.add({ type: "text", value: leaf.purpose })})`;
    case "objection":
      return `has(objections, ${parameters.add({ type: "text", value: leaf.purpose })})`;
    case "region":
      return textIn("region", leaf.regions, parameters);
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
  const hash = `MD5(concat(${parameters.add({ type: "text", value: `${salt}:` })}, id))`;
  // Eight hexadecimal digits are four bytes, the most significant first; ClickHouse reads the least significant first.
  return `reinterpretAsUInt32(reverse(substring(${hash}, 1, 4))) % 10000 < ${Math.ceil(below)}`;
}
