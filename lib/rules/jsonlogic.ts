import { keyPattern, reservedKeys } from "../catalogue/definition";
import { instantOf, isFiniteNumber, numberOf, rangeOf, spanOf, textOf, textsOf, unfit } from "./condition-value";
import type { AttributeCondition, TreeNode } from "./definition";
import { type FormatDialect, type FormatLimit, type Translation, translate } from "./translation";

/** A rule of jsonlogic.com: one operation with its arguments. */
export type JsonLogic = { readonly [operation: string]: readonly JsonLogicArgument[] | string };
export type JsonLogicArgument = JsonLogic | string | number | boolean | null | readonly JsonLogicArgument[];

/**
 * The tree as JsonLogic over `{ id, region?, consents, objections, attributes, asOf }`, instants in milliseconds. Uses
 * only what every reader has, flagd's among them, and gives true or false.
 */
export function toJsonLogic(tree: TreeNode): Translation<JsonLogic> {
  return translate(tree, jsonLogicDialect);
}

const asOf = variable("asOf");

const jsonLogicDialect: FormatDialect<JsonLogic> = {
  constant: (value) => ({ "!!": [value] }),
  all,
  any: (parts) => either(parts),
  not,
  condition: conditionLogic,
  consent: (purpose) => ({ in: [purpose, variable("consents")] }),
  objection: (purpose) => ({ in: [purpose, variable("objections")] }),
  region: (regions) => ({ in: [variable("region"), regions] }),
  listed(customerIds, before) {
    const listed = { in: [variable("id"), customerIds] };
    return before === undefined ? listed : all([{ "<": [asOf, before] }, listed]);
  },
  limitOf: attributeNameLimit,
};

function conditionLogic(condition: AttributeCondition): JsonLogic {
  const value = variable(`attributes.${condition.attribute}`);
  switch (condition.operator) {
    case "is_set":
      return { "!==": [value, null] };
    case "is_not_set":
      return { "===": [value, null] };
    case "equals":
      return { "===": [value, scalarOf(condition)] };
    case "not_equals":
      return all([...kindOf(condition.value)(value), { "!==": [value, scalarOf(condition)] }]);
    case "in":
      return { in: [value, textsOf(condition)] };
    case "not_in":
      return all([...isText(value), not({ in: [value, textsOf(condition)] })]);
    case "contains":
      return all([...isText(value), { in: [textOf(condition), value] }]);
    case "starts_with":
      return all([...isText(value), startsWith(value, textOf(condition))]);
    case "ends_with":
      return all([...isText(value), endsWith(value, textOf(condition))]);
    case "contains_any":
      return all([isList(value), someOf(value, condition)]);
    case "contains_all":
      return all([isList(value), ...textsOf(condition).map((text): JsonLogic => ({ in: [text, value] }))]);
    case "contains_none":
      return all([isList(value), not(someOf(value, condition))]);
    default:
      return all([...isNumber(value), numberLogic(condition, value)]);
  }
}

function numberLogic(condition: AttributeCondition, value: JsonLogic): JsonLogic {
  switch (condition.operator) {
    case "less_than":
      return { "<": [value, numberOf(condition)] };
    case "at_most":
      return { "<=": [value, numberOf(condition)] };
    case "greater_than":
      return { ">": [value, numberOf(condition)] };
    case "at_least":
      return { ">=": [value, numberOf(condition)] };
    case "between": {
      const [low, high] = rangeOf(condition);
      return { "<=": [low, value, high] };
    }
    case "before":
      return { "<": [value, instantOf(condition)] };
    case "after":
      return { ">": [value, instantOf(condition)] };
    case "within_last":
      return all([{ ">": [value, { "-": [asOf, spanOf(condition)] }] }, { "<=": [value, asOf] }]);
    case "not_within_last":
      return either([{ "<=": [value, { "-": [asOf, spanOf(condition)] }] }, { ">": [value, asOf] }]);
    case "within_next":
      return all([{ ">": [value, asOf] }, { "<=": [value, { "+": [asOf, spanOf(condition)] }] }]);
    default:
      throw unfit(condition);
  }
}

function isText(value: JsonLogic): JsonLogic[] {
  return [{ "===": [value, asText(value)] }];
}

/** `cat` makes text of everything, so only a text is the same as what it makes; some readers fail on `cat` of one. */
function asText(value: JsonLogic): JsonLogic {
  return { cat: [value, ""] };
}

/** Neither missing, text, true, false nor a list: comparisons would read each of these as some number. */
function isNumber(value: JsonLogic): JsonLogic[] {
  return [
    { "!==": [value, null] },
    { "!==": [value, asText(value)] },
    { "!==": [value, true] },
    { "!==": [value, false] },
    not(isList(value)),
  ];
}

/** `merge` makes a list of everything that is none, and that list then holds it. */
function isList(value: JsonLogic): JsonLogic {
  return not({ in: [value, { merge: [value] }] });
}

function kindOf(wanted: AttributeCondition["value"]): (value: JsonLogic) => JsonLogic[] {
  return typeof wanted === "string" ? isText : isNumber;
}

function scalarOf(condition: AttributeCondition): string | number | boolean {
  const { operator, value } = condition;
  if (typeof value === "string" || isFiniteNumber(value)) return value;
  if (typeof value === "boolean" && operator === "equals") return value;
  throw unfit(condition);
}

function someOf(value: JsonLogic, condition: AttributeCondition): JsonLogic {
  return { some: [value, { in: [variable(""), textsOf(condition)] }] };
}

function startsWith(value: JsonLogic, text: string): JsonLogic {
  return either(lengthsOf(text).map((length): JsonLogic => ({ "===": [{ substr: [value, 0, length] }, text] })));
}

function endsWith(value: JsonLogic, text: string): JsonLogic {
  return either(lengthsOf(text).map((length): JsonLogic => ({ "===": [{ substr: [value, -length] }, text] })));
}

/** Readers count a text in UTF-16 units or in code points; a part of another length is never the same text. */
function lengthsOf(text: string): number[] {
  return [...new Set([text.length, [...text].length])];
}

function variable(path: string): JsonLogic {
  return { var: path };
}

function all(parts: readonly JsonLogic[]): JsonLogic {
  return { and: parts };
}

function either(parts: readonly JsonLogic[]): JsonLogic {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { or: parts };
}

function not(part: JsonLogic): JsonLogic {
  return { "!": [part] };
}

/** A reader takes a path apart at its dots, and finds what every object of its language has. */
function attributeNameLimit({ attribute }: AttributeCondition): Omit<FormatLimit, "path"> | undefined {
  if (keyPattern.test(attribute) && !reservedKeys.has(attribute)) return undefined;
  return {
    code: "attribute-name",
    message: `JsonLogic cannot name the attribute "${attribute}".`,
    resolution: "Use an attribute whose key holds a-z, 0-9, _ and - only.",
  };
}
