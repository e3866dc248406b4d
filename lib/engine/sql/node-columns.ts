import type { TreeNode } from "../../rules/definition";
import { isResolvedList, isResolvedSegment, meaningOf } from "../../rules/references";
import { sqlLeaf } from "../../rules/sql-tree";
import type { CountingDialect } from "./counting-dialect";

/** A node of the tree, as the statement's outer level sees it. All are boolean expressions, never NULL. */
export type NodeColumns = {
  readonly node: TreeNode;
  readonly value: string;
  /** For `all`: the column with the number of children that hold before the first that does not. */
  readonly held: string | undefined;
  /** True where the attribute of a condition is missing. */
  readonly missing: string | undefined;
  /** None for a reference, whatever stands behind it. */
  readonly children: readonly NodeColumns[];
  readonly level: number;
};

/** Nested SELECTs, in which each distinct condition is computed once and each group once from its children. */
export type LevelledSelect = {
  plan(node: TreeNode): NodeColumns;
  /** A boolean column computed above `level`; gives the column's name. */
  define(expression: string, level: number): string;
  sql(): string;
};

export function levelledSelect(dialect: CountingDialect): LevelledSelect {
  const levels: string[][] = [["region", "id"]];
  const known = new Map<string, string>();
  let names = 0;

  function define(expression: string, level: number): string {
    const key = `${level} ${expression}`;
    const name = known.get(key) ?? `c${names++}`;
    if (!known.has(key)) levelAt(level).push(`${expression} AS ${name}`);
    known.set(key, name);
    return name;
  }

  function levelAt(level: number): string[] {
    const found = levels[level] ?? [];
    levels[level] = found;
    return found;
  }

  function leaf(given: TreeNode): NodeColumns {
    const node = sqlLeaf(given);
    const text = JSON.stringify(node);
    const value = known.get(text) ?? define(dialect.isTrue(dialect.leaf(node)), 0);
    known.set(text, value);
    const missing = "attribute" in node ? define(dialect.missing(node.attribute), 0) : undefined;
    return { node, value, held: undefined, missing, children: [], level: 0 };
  }

  function group(node: TreeNode, children: readonly NodeColumns[]): NodeColumns {
    const level = 1 + Math.max(0, ...children.map((child) => child.level));
    const either = children.map((child) => child.value).join(" OR ") || "FALSE";
    const base = { node, missing: undefined, children, level };
    if (!("all" in node)) {
      const value = define("any" in node ? `(${either})` : `NOT (${either})`, level);
      return { ...base, value, held: undefined };
    }
    const failures = children.map((child, index) => `WHEN NOT ${child.value} THEN ${index}`).join(" ");
    const held = define(
      children.length === 0 ? "0" : dialect.small(`CASE ${failures} ELSE ${children.length} END`),
      level,
    );
    return { ...base, value: `(${held} = ${children.length})`, held };
  }

  function plan(node: TreeNode): NodeColumns {
    if ("all" in node) return group(node, node.all.map(plan));
    if ("any" in node) return group(node, node.any.map(plan));
    if ("none" in node) return group(node, node.none.map(plan));
    if (!isResolvedSegment(node) && !isResolvedList(node)) return leaf(node);
    return { ...plan(meaningOf(node)), node, held: undefined, missing: undefined, children: [] };
  }

  function sql(): string {
    return levels.reduce(
      (inner, columns, level) =>
        level === 0 ? `SELECT ${columns.join(", ")} FROM ${inner}` : `SELECT *, ${columns.join(", ")} FROM (${inner})`,
      dialect.profiles,
    );
  }

  return { plan, define, sql };
}
