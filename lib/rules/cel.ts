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
  const { text } = translation.output;
  if ([...text].length <= mostCodePoints) return { ok: true, output: text };
  const message = `The expression would have more than ${mostCodePoints.toLocaleString("en")} characters, which readers of CEL refuse.`;
  const resolution = "Use fewer or shorter values, or let the consumer read the tree.";
  return { ok: false, limits: [{ code: "too-large", path: "", message, resolution }] };
}

/** An expression; `operator` where it must stand in brackets beside another operator. */
type Expression = { readonly text: string; readonly operator?: "&&" | "||" };

const celDialect: FormatDialect<Expression> = {
  constant: (value) => said(String(value)),
  all,
  any: either,
  not,
  condition: conditionCel,
  consent: (purpose) => said(`${literal(purpose)} in consents`),
  objection: (purpose) => said(`${literal(purpose)} in objections`),
  region: (regions) => said(`region in ${list(regions)}`),
  listed(customerIds, before) {
    const listed = said(`id in ${list(customerIds)}`);
    return before === undefined ? listed : all([said(`asOf < ${before}`), listed]);
  },
};

function conditionCel(condition: AttributeCondition): Expression {
  const key = literal(condition.attribute);
  const value = `attributes[${key}]`;
  const isThere = said(`${key} in attributes`);
  const onA = (types: readonly string[], ...tests: readonly Expression[]) =>
    all([isThere, either(types.map((type) => said(`type(${value}) == ${type}`))), ...tests]);
  switch (condition.operator) {
    case "is_set":
      return all([isThere, said(`${value} != null`)]);
    case "is_not_set":
      return not(all([isThere, said(`${value} != null`)]));
    case "equals":
      return all([isThere, said(`${value} == ${scalar(condition)}`)]);
    case "not_equals":
      return onA(typeof condition.value === "string" ? text : numbers, said(`${value} != ${scalar(condition)}`));
    case "in":
      return all([isThere, said(`${value} in ${list(textsOf(condition))}`)]);
    case "not_in":
      return onA(text, not(said(`${value} in ${list(textsOf(condition))}`)));
    case "contains":
      return onA(text, said(`${value}.contains(${literal(textOf(condition))})`));
    case "starts_with":
      return onA(text, said(`${value}.startsWith(${literal(textOf(condition))})`));
    case "ends_with":
      return onA(text, said(`${value}.endsWith(${literal(textOf(condition))})`));
    case "contains_any":
      return onA(texts, said(`${list(textsOf(condition))}.exists(x, x in ${value})`));
    case "contains_all":
      return onA(texts, said(`${list(textsOf(condition))}.all(x, x in ${value})`));
    case "contains_none":
      return onA(texts, not(said(`${list(textsOf(condition))}.exists(x, x in ${value})`)));
    default:
      return onA(numbers, numberCel(condition, value));
  }
}

function numberCel(condition: AttributeCondition, value: string): Expression {
  switch (condition.operator) {
    case "less_than":
      return said(`${value} < ${double(numberOf(condition))}`);
    case "at_most":
      return said(`${value} <= ${double(numberOf(condition))}`);
    case "greater_than":
      return said(`${value} > ${double(numberOf(condition))}`);
    case "at_least":
      return said(`${value} >= ${double(numberOf(condition))}`);
    case "between": {
      const [low, high] = rangeOf(condition);
      return all([said(`${value} >= ${double(low)}`), said(`${value} <= ${double(high)}`)]);
    }
    case "before":
      return said(`${value} < ${instantOf(condition)}`);
    case "after":
      return said(`${value} > ${instantOf(condition)}`);
    case "within_last":
      return all([said(`${value} > int(asOf) - ${spanOf(condition)}`), said(`${value} <= asOf`)]);
    case "not_within_last":
      return either([said(`${value} <= int(asOf) - ${spanOf(condition)}`), said(`${value} > asOf`)]);
    case "within_next":
      return all([said(`${value} > asOf`), said(`${value} <= int(asOf) + ${spanOf(condition)}`)]);
    default:
      throw unfit(condition);
  }
}

const text = ["string"];
const texts = ["list"];
const numbers = ["double", "int"];

function said(expression: string): Expression {
  return { text: expression };
}

function all(parts: readonly Expression[]): Expression {
  return joined(parts, "&&");
}

function either(parts: readonly Expression[]): Expression {
  return joined(parts, "||");
}

function not(part: Expression): Expression {
  return said(`!(${part.text})`);
}

function joined(parts: readonly Expression[], operator: "&&" | "||"): Expression {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const texts = parts.map((part) => ((part.operator ?? operator) === operator ? part.text : `(${part.text})`));
  return { text: texts.join(` ${operator} `), operator };
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
