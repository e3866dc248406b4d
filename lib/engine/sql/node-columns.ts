import type { TreeNode } from "../../rules/definition";
import { meaningfulLeaf } from "../../rules/meaningful-leaf";
import { isResolvedList, isResolvedSegment, meaningOf } from "../../rules/references";
import { treeSql } from "../../rules/sql-tree";
import type { CountingDialect } from "./counting-dialect";

/** A boolean expression, never NULL, over columns that are computed up to and including `level`. */
export type Truth = { readonly value: string; readonly level: number };

/** A node of the tree, as the statement's outer level sees it. All are boolean expressions, never NULL. */
export type NodeColumns = Truth & {
  readonly node: TreeNode;
  /** For `all`: the column with the number of children that hold before the first that does not. */
  readonly held: string | undefined;
  /** True where the attribute of a condition is missing. */
  readonly missing: string | undefined;
  /** None for a reference, whatever stands behind it. */
  readonly children: readonly NodeColumns[];
};

/** Nested SELECTs, in which each distinct condition is computed once and each group once from its children. */
export type LevelledSelect = {
  /** Whether the tree holds; trees that share parts share their columns. */
  truth(tree: TreeNode): Truth;
  /** Whether every tree holds. */
  allHold(trees: readonly TreeNode[]): Truth;
  /** The same for each node of the tree, with what a funnel tells of it. */
  plan(tree: TreeNode): NodeColumns;
  /** How many of the conditions hold before the first that does not: a column. */
  held(conditions: readonly Truth[]): Truth;
  /** What is stored of each customer, as a column. */
  stored(expression: string): string;
  sql(): string;
};

/** `source` stands behind FROM. */
export function levelledSelect(dialect: CountingDialect, source: string = dialect.profiles): LevelledSelect {
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

  function leaf(given: TreeNode): Truth {
    const node = meaningfulLeaf(given);
    const text = JSON.stringify(node);
    const value = known.get(text) ?? define(dialect.isTrue(dialect.leaf(node)), 0);
    known.set(text, value);
    return { value, level: 0 };
  }

  function truth(tree: TreeNode): Truth {
    if ("all" in tree) return allHold(tree.all);
    if ("any" in tree) return either(tree.any.map(truth));
    if ("none" in tree) return not(either(tree.none.map(truth)));
    if (isResolvedSegment(tree) || isResolvedList(tree)) return truth(meaningOf(tree));
    return leaf(tree);
  }

  /** The hash of a rollout is dear, so it is computed only for rows that all else takes. */
  function allHold(trees: readonly TreeNode[]): Truth {
    const cheap = trees.filter((tree) => !isRollout(tree)).map(truth);
    const both = joined(cheap, " AND ", "TRUE");
    const dear = trees.filter(isRollout).map((tree) => treeSql(tree, dialect));
    if (dear.length === 0) return both;
    return column(`CASE WHEN ${both.value} THEN ${dear.join(" AND ")} ELSE FALSE END`, [both]);
  }

  function either(truths: readonly Truth[]): Truth {
    return joined(truths, " OR ", "FALSE");
  }

  function joined(truths: readonly Truth[], word: " AND " | " OR ", empty: string): Truth {
    const [only] = truths;
    if (only && truths.length === 1) return { value: only.value, level: only.level };
    if (only === undefined) return { value: empty, level: 0 };
    return column(truths.map(({ value }) => value).join(word), truths);
  }

  function not({ value, level }: Truth): Truth {
    return { value: `(NOT ${value})`, level };
  }

  function column(expression: string, from: readonly Truth[]): Truth {
    const level = 1 + Math.max(0, ...from.map((each) => each.level));
    return { value: define(expression, level), level };
  }

  function held(conditions: readonly Truth[]): Truth {
    if (conditions.length === 0) return { value: "0", level: 0 };
    const failures = conditions.map(({ value }, index) => `WHEN NOT ${value} THEN ${index}`).join(" ");
    return column(dialect.small(`CASE ${failures} ELSE ${conditions.length} END`), conditions);
  }

  function plan(node: TreeNode): NodeColumns {
    const plain = { node, held: undefined, missing: undefined, children: [] };
    if ("all" in node) {
      const children = node.all.map(plan);
      const { value, level } = held(children);
      return { ...plain, value: `(${value} = ${children.length})`, level, held: value, children };
    }
    if ("any" in node || "none" in node) {
      const children = ("any" in node ? node.any : node.none).map(plan);
      const any = either(children);
      return { ...plain, ...("any" in node ? any : not(any)), children };
    }
    const missing = "attribute" in node ? define(dialect.missing(node.attribute), 0) : undefined;
    return { ...plain, ...truth(node), missing };
  }

  function sql(): string {
    return levels.reduce(
      (inner, columns, level) =>
        level === 0 ? `SELECT ${columns.join(", ")} FROM ${inner}` : `SELECT *, ${columns.join(", ")} FROM (${inner})`,
      source,
    );
  }

  return { truth, allHold, plan, held, stored: (expression) => define(expression, 0), sql };
}

function isRollout(tree: TreeNode): boolean {
  return "guard" in tree && tree.guard === "rollout";
}
