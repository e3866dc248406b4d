import type { Finding } from "../findings";
import { type AttributeCondition, childrenOf, groupKindOf, type Rule, type RulePath } from "./definition";
import { quote, warning } from "./rule-finding";

/** Warns of `all` groups that no customer can satisfy because of two conditions on one attribute, and of repetitions. */
export function findContradictions(rule: Rule, path: RulePath = []): Finding[] {
  const kind = groupKindOf(rule);
  if (kind === undefined) return [];
  const place: RulePath = [...path, kind];
  const children = childrenOf(rule);
  const own = kind === "all" ? contradictions(children, place) : [];
  return [
    ...repetitions(children, place),
    ...own,
    ...children.flatMap((child, index) => findContradictions(child, [...place, index])),
  ];
}

/** Checking builds a rule anew, with the fields of its nodes in one order: the same node has the same text. */
function repetitions(children: readonly Rule[], path: RulePath): Finding[] {
  const seen = new Set<string>();
  return children.flatMap((child, index) => {
    const text = JSON.stringify(child);
    const again = seen.has(text);
    seen.add(text);
    return again
      ? [warning("repeated-condition", [...path, index], "This stands twice in its group.", "Remove one of the two.")]
      : [];
  });
}

function contradictions(children: readonly Rule[], path: RulePath): Finding[] {
  const conditions = children.filter((child): child is AttributeCondition => "attribute" in child);
  const byAttribute = Map.groupBy(conditions, ({ attribute }) => attribute);
  return [...byAttribute].flatMap(([attribute, group]) =>
    isImpossible(group)
      ? [
          warning(
            "never-holds",
            path,
            `No customer can satisfy all the conditions on ${quote(attribute)} at once.`,
            'Loosen one of them, or put them into an "any" group.',
          ),
        ]
      : [],
  );
}

function isImpossible(conditions: readonly AttributeCondition[]): boolean {
  if (conditions.length < 2) return false;
  const absent = conditions.some(({ operator }) => operator === "is_not_set");
  if (absent) return conditions.some(({ operator }) => operator !== "is_not_set");
  return hasDisjointChoices(conditions) || hasEmptyRange(conditions);
}

function hasDisjointChoices(conditions: readonly AttributeCondition[]): boolean {
  const choices = conditions.flatMap(({ operator, value }): (readonly unknown[])[] =>
    operator === "equals" ? [[value]] : operator === "in" && Array.isArray(value) ? [value] : [],
  );
  const [first, ...rest] = choices;
  const others = rest.map((values) => new Set(values));
  return first !== undefined && !first.some((value) => others.every((each) => each.has(value)));
}

function hasEmptyRange(conditions: readonly AttributeCondition[]): boolean {
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (const { operator, value } of conditions) {
    const [from, to] = limits(operator, value);
    low = Math.max(low, from);
    high = Math.min(high, to);
  }
  return low > high || (low === high && isExcluded(conditions, low));
}

function limits(operator: string, value: unknown): [number, number] {
  const everywhere: [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (operator === "between" && Array.isArray(value)) return [Number(value[0]), Number(value[1])];
  if (typeof value !== "number") return everywhere;
  if (operator === "equals") return [value, value];
  if (operator === "at_least" || operator === "greater_than") return [value, Number.POSITIVE_INFINITY];
  return operator === "at_most" || operator === "less_than" ? [Number.NEGATIVE_INFINITY, value] : everywhere;
}

function isExcluded(conditions: readonly AttributeCondition[], bound: number): boolean {
  return conditions.some(
    ({ operator, value }) => (operator === "less_than" || operator === "greater_than") && value === bound,
  );
}
