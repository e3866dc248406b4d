import type { TreeNode } from "./definition";
import { conditionSql } from "./duckdb-condition";
import { type SqlLayout, sqlParameters } from "./duckdb-layout";
import { anyBit, codeIn, textIn } from "./duckdb-membership";
import { type GuardWords, guardSql } from "./sql-guard";
import type { SqlParameters, SqlStatement } from "./sql-statement";
import { type SqlDialect, treeSql } from "./sql-tree";
import { storedColumn } from "./stored-column";

/** The tree as a DuckDB expression that is true for members; false or NULL for everyone else. `asOf` in milliseconds. */
export function toDuckDb(tree: TreeNode, layout: SqlLayout, asOf: number): SqlStatement {
  const parameters = sqlParameters();
  return { sql: treeSql(tree, duckDbDialect(layout, asOf, parameters)), parameters: parameters.list };
}

export function duckDbDialect(layout: SqlLayout, asOf: number, parameters: SqlParameters): SqlDialect {
  const guards = guardWords(layout, parameters);
  return {
    leaf(leaf) {
      if ("guard" in leaf) return guardSql(leaf, asOf, guards);
      return conditionSql(leaf, storedColumn(layout.attributes, leaf.attribute), asOf, parameters);
    },
    isTrue: (expression) => `(${expression}) IS TRUE`,
    isNotTrue: (expression) => `(${expression}) IS NOT TRUE`,
  };
}

function guardWords(layout: SqlLayout, parameters: SqlParameters): GuardWords {
  return {
    consents: (purpose) => anyBit(layout.consents, [purpose]),
    objects: (purpose) => anyBit(layout.objections, [purpose]),
    residesIn: (regions) =>
      codeIn(
        layout.region,
        regions.flatMap((region) => layout.region.codes.get(region) ?? []),
      ),
    isOneOf: (ids) => textIn("id", ids, parameters),
    bucket(salt) {
      const hash = `md5(${parameters.add({ type: "text", value: `${salt}:` })} || id)`;
      return `('0x' || left(${hash}, 8))::BIGINT % 10000`;
    },
  };
}
