import { generateID, isRuleGroup, type RuleGroupType, type RuleType } from "react-querybuilder";
import type { AttributeItem } from "@/lib/catalogue/contract";
import { isReferenceField, referenceOperators } from "@/lib/rules/builder";
import { bounds, operatorsByType } from "@/lib/rules/definition";
import { carryValue, isOperatorOf, valueShape } from "@/lib/rules/value-shape";

export type Attributes = ReadonlyMap<string, AttributeItem>;

/** After a change of attribute or operator: an operator of the type, and of the value what still fits. */
export function settleQuery(query: RuleGroupType, attributes: Attributes): RuleGroupType {
  const rules = query.rules.map((node) =>
    isRuleGroup(node) ? settleQuery(node, attributes) : settleRow(node, attributes),
  );
  return rules.every((node, index) => node === query.rules[index]) ? query : { ...query, rules };
}

const ofReferences: readonly string[] = Object.values(referenceOperators).flat();

function settleRow(row: RuleType, attributes: Attributes): RuleType {
  if (isReferenceField(row.field)) {
    const operators: readonly string[] = referenceOperators[row.field];
    const [first] = operators;
    return operators.includes(row.operator) ? row : { ...row, operator: first ?? "", value: undefined };
  }
  const attribute = attributes.get(row.field);
  if (!attribute) return row;
  const operator = isOperatorOf(attribute.type, row.operator) ? row.operator : operatorsByType[attribute.type][0];
  const before: unknown = ofReferences.includes(row.operator) ? undefined : row.value;
  const value = carryValue(before, valueShape(attribute.type, operator));
  if (operator === row.operator && value === row.value) return row;
  return { ...row, operator, value };
}

/** A condition to begin with: the first attribute that the query does not speak of yet. */
export function newRow(query: RuleGroupType, attributes: Attributes): RuleType {
  const used = new Set(fieldsOf(query));
  const attribute = [...attributes.values()].find((each) => !used.has(each.key)) ?? [...attributes.values()][0];
  const row = { id: generateID(), field: attribute?.key ?? "", operator: "equals", value: undefined };
  return settleRow(row, attributes);
}

function fieldsOf(query: RuleGroupType): string[] {
  return query.rules.flatMap((node) => (isRuleGroup(node) ? fieldsOf(node) : [node.field]));
}

/** Whether a row or group may stand in a group that is so deep (the root is 1) without groups nesting too deep. */
export function fitsInto(node: object, depth: number): boolean {
  return depth + heightOf(node) <= bounds.depth;
}

/** Groups within one another: 0 for a row. */
export function heightOf(node: object): number {
  if (!("rules" in node) || !Array.isArray(node.rules)) return 0;
  return (
    1 + Math.max(0, ...node.rules.map((child: unknown) => (typeof child === "object" && child ? heightOf(child) : 0)))
  );
}
