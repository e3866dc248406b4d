import { instantOf, isFiniteNumber, numberOf, rangeOf, spanOf, textOf, textsOf, unfit } from "./condition-value";
import type { AttributeCondition, TreeNode } from "./definition";
import { type FormatDialect, type Translation, translate } from "./translation";

/** cel-go refuses longer expressions unless it is told otherwise. */
const mostCodePoints = 100_000;

/**
 * The tree as an expression of the Common Expression Language over the variables `id`, `region` (null when unknown),
 * `consents`, `objections`, `attributes` (a map) and `asOf`. Numbers are doubles; instants are milliseconds, as int or
 * double.
 */
export function toCel(tree: TreeNode): Translation<string> {
  const translation = translate(tree, celDialect);
  if (!translation.ok) return translation;
  const length = [...translation.output].length;
  if (length <= mostCodePoints) return translation;
  const [have, most] = [length, mostCodePoints].map((count) => count.toLocaleString("en"));
  const message = `The expression would have ${have} characters; readers of CEL take ${most}.`;
  const resolution = "Use fewer or shorter values, or let the consumer read the tree.";
  return { ok: false, limits: [{ code: "too-large", path: "", message, resolution }] };
}

const celDialect: FormatDialect<string> = {
  constant: String,
  all: (parts) => joined(parts, " && "),
  any: (parts) => joined(parts, " || "),
  not: (part) => `!(${part})`,
  condition: conditionCel,
  consent: (purpose) => `${literal(purpose)} in consents`,
  objection: (purpose) => `${literal(purpose)} in objections`,
  region: (regions) => `region in ${list(regions)}`,
  listed(customerIds, before) {
    const listed = `id in ${list(customerIds)}`;
    return before === undefined ? listed : `asOf < ${before} && ${listed}`;
  },
};

function conditionCel(condition: AttributeCondition): string {
  const key = literal(condition.attribute);
  const value = `attributes[${key}]`;
  const isThere = `${key} in attributes`;
  const isA = (types: readonly string[]) => `${isThere} && ${joined(typeTests(value, types), " || ")}`;
  switch (condition.operator) {
    case "is_set":
      return `${isThere} && ${value} != null`;
    case "is_not_set":
      return `!(${isThere} && ${value} != null)`;
    case "equals":
      return `${isThere} && ${value} == ${scalar(condition)}`;
    case "not_equals":
      return `${isA(typeof condition.value === "string" ? text : numbers)} && ${value} != ${scalar(condition)}`;
    case "in":
      return `${isThere} && ${value} in ${list(textsOf(condition))}`;
    case "not_in":
      return `${isA(text)} && !(${value} in ${list(textsOf(condition))})`;
    case "contains":
      return `${isA(text)} && ${value}.contains(${literal(textOf(condition))})`;
    case "starts_with":
      return `${isA(text)} && ${value}.startsWith(${literal(textOf(condition))})`;
    case "ends_with":
      return `${isA(text)} && ${value}.endsWith(${literal(textOf(condition))})`;
    case "contains_any":
      return `${isA(texts)} && ${list(textsOf(condition))}.exists(x, x in ${value})`;
    case "contains_all":
      return `${isA(texts)} && ${list(textsOf(condition))}.all(x, x in ${value})`;
    case "contains_none":
      return `${isA(texts)} && !${list(textsOf(condition))}.exists(x, x in ${value})`;
    default:
      return `${isA(numbers)} && ${numberCel(condition, value)}`;
  }
}

function numberCel(condition: AttributeCondition, value: string): string {
  switch (condition.operator) {
    case "less_than":
      return `${value} < ${double(numberOf(condition))}`;
    case "at_most":
      return `${value} <= ${double(numberOf(condition))}`;
    case "greater_than":
      return `${value} > ${double(numberOf(condition))}`;
    case "at_least":
      return `${value} >= ${double(numberOf(condition))}`;
    case "between": {
      const [low, high] = rangeOf(condition);
      return `${value} >= ${double(low)} && ${value} <= ${double(high)}`;
    }
    case "before":
      return `${value} < ${instantOf(condition)}`;
    case "after":
      return `${value} > ${instantOf(condition)}`;
    case "within_last":
      return `${value} > int(asOf) - ${spanOf(condition)} && ${value} <= asOf`;
    case "not_within_last":
      return `(${value} <= int(asOf) - ${spanOf(condition)} || ${value} > asOf)`;
    case "within_next":
      return `${value} > asOf && ${value} <= int(asOf) + ${spanOf(condition)}`;
    default:
      throw unfit(condition);
  }
}

const text = ["string"];
const texts = ["list"];
const numbers = ["double", "int"];

function typeTests(value: string, types: readonly string[]): string[] {
  return types.map((type) => `type(${value}) == ${type}`);
}

function joined(parts: readonly string[], operator: string): string {
  return parts.length === 1 ? parts.join("") : `(${parts.map((part) => `(${part})`).join(operator)})`;
}

function scalar(condition: AttributeCondition): string {
  const { operator, value } = condition;
  if (typeof value === "string") return literal(value);
  if (isFiniteNumber(value)) return double(value);
  if (typeof value === "boolean" && operator === "equals") return String(value);
  throw unfit(condition);
}

/** A literal without a point or an exponent would be an int. */
function double(value: number): string {
  const digits = String(value);
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

/** Escapes in JSON are escapes in CEL. */
function literal(value: string): string {
  return JSON.stringify(value);
}

function list(values: readonly string[]): string {
  return `[${values.map(literal).join(", ")}]`;
}
