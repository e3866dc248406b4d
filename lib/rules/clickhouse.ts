import { conditionSql } from "./clickhouse-condition";
import { type ClickHouseLayout, clickHouseParameters } from "./clickhouse-layout";
import { textIn } from "./clickhouse-texts";
import type { TreeNode } from "./definition";
import { type GuardWords, guardSql } from "./sql-guard";
import type { SqlParameters, SqlStatement } from "./sql-statement";
import { type SqlDialect, treeSql } from "./sql-tree";
import { storedColumn } from "./stored-column";

/** The tree as a ClickHouse expression that is true for members; false or NULL for everyone else. `asOf` in milliseconds. */
export function toClickHouse(tree: TreeNode, layout: ClickHouseLayout, asOf: number): SqlStatement {
  const parameters = clickHouseParameters();
  return { sql: treeSql(tree, clickHouseDialect(layout, asOf, parameters)), parameters: parameters.list };
}

export function clickHouseDialect(layout: ClickHouseLayout, asOf: number, parameters: SqlParameters): SqlDialect {
  const guards = guardWords(parameters);
  return {
    leaf(leaf) {
      if ("guard" in leaf) return guardSql(leaf, asOf, guards);
      return conditionSql(leaf, storedColumn(layout.attributes, leaf.attribute), asOf, parameters);
    },
    isTrue: (expression) => `ifNull(${expression}, FALSE)`,
    isNotTrue: (expression) => `NOT ifNull(${expression}, FALSE)`,
  };
}

function guardWords(parameters: SqlParameters): GuardWords {
  const text = (value: string) => parameters.add({ type: "text", value });
  return {
    consents: (purpose) => `has(consents, ${text(purpose)})`,
    objects: (purpose) => `has(objections, ${text(purpose)})`,
    residesIn: (regions) => textIn("region", regions, parameters),
    isOneOf: (ids) => textIn("id", ids, parameters),
    // Eight hexadecimal digits are four bytes, the most significant first; ClickHouse reads the least significant first.
    bucket: (salt) => `reinterpretAsUInt32(reverse(substring(MD5(concat(${text(`${salt}:`)}, id)), 1, 4))) % 10000`,
  };
}
