import type { RuleGroupType, RuleType } from "react-querybuilder";
import { type Condition, childrenOf, type GroupKind, groupKindOf, groupKinds, type Rule } from "./definition";
import { group } from "./group";

/** A rule as react-querybuilder holds it: combinators "all", "any" and "none", and an id for each row. */
export type BuilderQuery = RuleGroupType<RuleType, GroupKind>;
type BuilderNode = BuilderQuery | RuleType;

/** Fields that no attribute's key can be, for conditions on segments and on managed lists. */
export const segmentField = "segment:";
export const listField = "list:";

export const referenceOperators = {
  [segmentField]: ["member", "not_member"],
  [listField]: ["listed", "not_listed"],
} as const;
export type ReferenceField = keyof typeof referenceOperators;

export function isReferenceField(field: string): field is ReferenceField {
  return field === segmentField || field === listField;
}

const rootId = "row";
/** The id of a root that is not in the rule: the builder needs a group even for one bare condition. */
const bareRootId = "rule";

/** Ids follow the place, so that server and browser give the same ones. `fromBuilder` is the way back. */
export function toBuilder(rule: Rule): BuilderQuery {
  const node = nodeOf(rule, rootId);
  return isGroup(node) ? node : { id: bareRootId, combinator: "all", rules: [node] };
}

/**
 * The rule that a query means. What an author has not finished stays unfinished: a row without a value gives a
 * condition without one, a reference to nothing one to "", which `checkRule` finds.
 */
export function fromBuilder(query: RuleGroupType): Rule {
  const [only, ...others] = query.rules;
  const isBare = query.id === bareRootId && query.combinator === "all" && others.length === 0;
  return isBare && only && !isGroup(only) ? conditionOf(only) : ruleOf(query);
}

function nodeOf(rule: Rule, id: string): BuilderNode {
  if ("attribute" in rule) return { id, field: rule.attribute, operator: rule.operator, value: rule.value };
  if ("segment" in rule) return { id, field: segmentField, operator: rule.operator, value: rule.segment || undefined };
  if ("list" in rule) return { id, field: listField, operator: rule.operator, value: rule.list || undefined };
  const rules = childrenOf(rule).map((child, index) => nodeOf(child, `${id}-${index}`));
  return { id, combinator: groupKindOf(rule) ?? "all", rules };
}

function ruleOf(node: RuleGroupType | RuleType): Rule {
  if (!isGroup(node)) return conditionOf(node);
  const kind = groupKinds.find((each) => each === node.combinator) ?? "all";
  return group(kind, node.rules.map(ruleOf));
}

function conditionOf({ field, operator, value }: RuleType): Rule {
  if (field === segmentField) return unchecked({ segment: value ?? "", operator });
  if (field === listField) return unchecked({ list: value ?? "", operator });
  const bare = { attribute: field, operator };
  return unchecked(value === undefined || value === null || value === "" ? bare : { ...bare, value });
}

/** The one place that calls a row a condition before anyone has checked it. */
function unchecked(row: Readonly<Record<string, unknown>>): Condition {
  return row as Condition;
}

function isGroup<Group extends RuleGroupType>(node: Group | RuleType): node is Group {
  return "rules" in node;
}
