import { groupKindOf, type Rule } from "./definition";
import { ruleText } from "./rule-text";

/** One step through two lists of children: the same child, one that took another's place, one gone, one new. */
export type AlignedPair =
  | { readonly kind: "same" | "changed"; readonly before: Rule; readonly after: Rule }
  | { readonly kind: "removed"; readonly before: Rule }
  | { readonly kind: "added"; readonly after: Rule };

const cost = { alone: 1, sameGroup: 1.2, otherValue: 1, otherOperator: 1.4, otherGroup: 1.6 } as const;

/** Pairs the children of two groups in order so that as little as possible is said to have changed. */
export function alignChildren(before: readonly Rule[], after: readonly Rule[]): AlignedPair[] {
  const [left, right] = [before.map(withText), after.map(withText)];
  const costs = costTable(left, right);
  const pairs: AlignedPair[] = [];
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

type Child = { readonly rule: Rule; readonly text: string };

function withText(rule: Rule): Child {
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
  return "attribute" in a.rule && "attribute" in b.rule && a.rule.attribute === b.rule.attribute
    ? a.rule.operator === b.rule.operator
      ? cost.otherValue
      : cost.otherOperator
    : Number.POSITIVE_INFINITY;
}
