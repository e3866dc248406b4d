import { generateID, isRuleGroup, type RuleGroupType, type RuleType } from "react-querybuilder";
import type { AttributeItem } from "@/lib/catalogue/contract";
import { groupKindOf, operatorsByType, type Rule } from "@/lib/rules/definition";
import { carryValue, isOperatorOf, valueShape } from "@/lib/rules/value-shape";

type Node = RuleGroupType | RuleType;
export type Attributes = ReadonlyMap<string, AttributeItem>;

/** The rule as the builder holds it. Ids follow the place, so that server and browser give the same ones. */
export function queryOf(rule: Rule): RuleGroupType {
  const node = nodeOf(rule, "row");
  return isRuleGroup(node) ? node : { id: "rule", combinator: "all", rules: [node] };
}

function nodeOf(rule: Rule, id: string): Node {
  if ("attribute" in rule) return { id, field: rule.attribute, operator: rule.operator, value: rule.value };
  if ("segment" in rule) return { id, field: "segment:", operator: rule.operator, value: rule.segment };
  if ("list" in rule) return { id, field: "list:", operator: rule.operator, value: rule.list };
  const children = "all" in rule ? rule.all : "any" in rule ? rule.any : rule.none;
  const combinator = groupKindOf(rule) ?? "all";
  return { id, combinator, rules: children.map((child, index) => nodeOf(child, `${id}-${index}`)) };
}

/** The rule that a query means; a row without a value gives a condition without one, for the check to find. */
export function ruleOf(query: RuleGroupType): Rule {
  return ruleOfNode(query);
}

function ruleOfNode(node: Node): Rule {
  if (!isRuleGroup(node)) return conditionOf(node);
  const children = node.rules.map(ruleOfNode);
  return node.combinator === "any"
    ? { any: children }
    : node.combinator === "none"
      ? { none: children }
      : { all: children };
}

/** Whatever stands in a row becomes a condition: a draft may hold what is not finished, checkRule says what is wrong. */
function conditionOf({ field, operator, value }: RuleType): Rule {
  if (field === "segment:")
    return { segment: String(value), operator: operator === "member" ? operator : "not_member" };
  if (field === "list:") return { list: String(value), operator: operator === "listed" ? operator : "not_listed" };
  const condition = { attribute: field, operator, ...(value === undefined ? {} : { value }) };
  return condition as Rule;
}

/** After a change of attribute or operator: an operator of the type, and of the value what still fits. */
export function settleQuery(query: RuleGroupType, attributes: Attributes): RuleGroupType {
  const rules = query.rules.map((node) =>
    isRuleGroup(node) ? settleQuery(node, attributes) : settleRow(node, attributes),
  );
  return rules.every((node, index) => node === query.rules[index]) ? query : { ...query, rules };
}

function settleRow(row: RuleType, attributes: Attributes): RuleType {
  const attribute = attributes.get(row.field);
  if (!attribute) return row;
  const operator = isOperatorOf(attribute.type, row.operator) ? row.operator : operatorsByType[attribute.type][0];
  const value = carryValue(row.value, valueShape(attribute.type, operator));
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
