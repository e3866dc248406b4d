import { groupKindOf, type Rule, type TreeNode } from "./definition";
import { ruleText } from "./rule-text";

/** One step through two lists of children: the same child, one that took another's place, one gone, one new. */
export type AlignedPair<Node extends TreeNode = Rule> =
  | { readonly kind: "same" | "changed"; readonly before: Node; readonly after: Node }
  | { readonly kind: "removed"; readonly before: Node }
  | { readonly kind: "added"; readonly after: Node };

const cost = { alone: 1, sameGroup: 1.2, otherValue: 1, otherOperator: 1.4, otherGroup: 1.6 } as const;

/** Pairs the children of two groups in order so that as little as possible is said to have changed. */
export function alignChildren<Node extends TreeNode>(
  before: readonly Node[],
  after: readonly Node[],
): AlignedPair<Node>[] {
  const [left, right] = [before.map((each) => withText(each)), after.map((each) => withText(each))];
  const costs = costTable(left, right);
  const pairs: AlignedPair<Node>[] = [];
  let [row, column] = [0, 0];
  while (row < left.length || column < right.length) {
    const [a, b] = [left[row], right[column]];
    const best = costAt(costs, row, column);
    if (a && b && best === changeCost(a, b) + costAt(costs, row + 1, column + 1)) {
      pairs.push({ kind: a.text === b.text ? "same" : "changed", before: a.rule, after: b.rule });
      row += 1;
      column += 1;
    } else if (a && best === cost.alone + costAt(costs, row + 1, column)) {
      pairs.push({ kind: "removed", before: a.rule });
      row += 1;
    } else if (b) {
      pairs.push({ kind: "added", after: b.rule });
      column += 1;
    }
  }
  return pairs;
}

type Child<Node extends TreeNode = TreeNode> = { readonly rule: Node; readonly text: string };

function withText<Node extends TreeNode>(rule: Node): Child<Node> {
  return { rule, text: ruleText(rule) };
}

/** `table[row][column]` is the least cost of what lies behind that place in both lists. */
function costTable(left: readonly Child[], right: readonly Child[]): number[][] {
  const table = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let row = left.length; row >= 0; row -= 1) {
    for (let column = right.length; column >= 0; column -= 1) {
      const [a, b, line] = [left[row], right[column], table[row]];
      const down = a ? cost.alone + costAt(table, row + 1, column) : Number.POSITIVE_INFINITY;
      const across = b ? cost.alone + costAt(table, row, column + 1) : Number.POSITIVE_INFINITY;
      const both = a && b ? changeCost(a, b) + costAt(table, row + 1, column + 1) : Number.POSITIVE_INFINITY;
      if (line && (a || b)) line[column] = Math.min(down, across, both);
    }
  }
  return table;
}

function costAt(table: readonly (readonly number[])[], row: number, column: number): number {
  return table[row]?.[column] ?? Number.POSITIVE_INFINITY;
}

function changeCost(a: Child, b: Child): number {
  if (a.text === b.text) return 0;
  const kind = groupKindOf(a.rule);
  if (kind !== undefined) {
    const other = groupKindOf(b.rule);
    return other === undefined ? Number.POSITIVE_INFINITY : kind === other ? cost.sameGroup : cost.otherGroup;
  }
  if ("guard" in a.rule || "guard" in b.rule || subjectOf(a.rule) !== subjectOf(b.rule))
    return Number.POSITIVE_INFINITY;
  return operatorOf(a.rule) === operatorOf(b.rule) ? cost.otherValue : cost.otherOperator;
}

function subjectOf(leaf: TreeNode): string {
  if ("attribute" in leaf) return `attribute ${leaf.attribute}`;
  return "segment" in leaf ? `segment ${leaf.segment}` : "list" in leaf ? `list ${leaf.list}` : "";
}

function operatorOf(leaf: TreeNode): string {
  return "operator" in leaf ? leaf.operator : "";
}
