import type { Finding } from "../findings";
import { checkValue } from "./check-value";
import {
  type AttributeCondition,
  type AttributeOperator,
  type Condition,
  type ListCondition,
  operatorsByType,
  type RulePath,
  type SegmentCondition,
} from "./definition";
import { blocking, oneOf, quote } from "./rule-finding";
import { unknownName } from "./unknown-name";
import type { RuleVocabulary } from "./vocabulary";

export type CheckedNode<Node> = { readonly node?: Node; readonly findings: readonly Finding[] };

/** A condition's own fields, read from input that nobody has checked. */
type GivenFields = Readonly<Partial<Record<"attribute" | "segment" | "list" | "operator" | "value", unknown>>>;

export function checkCondition(given: object, path: RulePath, vocabulary: RuleVocabulary): CheckedNode<Condition> {
  const subjects = subjectsOf(given);
  if (subjects.length !== 1) return { findings: [unknownNode(path, given)] };
  const fields: GivenFields = given;
  if (subjects[0] === "attribute") return checkAttributeCondition(fields, path, vocabulary);
  const allowed = subjects[0] === "segment" ? ["segment", "operator"] : ["list", "operator"];
  const surplus = unknownFields(given, allowed, path);
  if (surplus.length > 0) return { findings: surplus };
  return subjects[0] === "segment"
    ? checkSegmentCondition(fields, path, vocabulary)
    : checkListCondition(fields, path, vocabulary);
}

/** The fields that say what a condition is about: a sound one has exactly one. */
export function subjectsOf(given: object): string[] {
  return ["attribute", "segment", "list"].filter((key) => Object.hasOwn(given, key));
}

export function unknownNode(path: RulePath, given: object): Finding {
  const keys = firstKeys(given, 5);
  const message = `This is neither a group nor a condition: it has ${keys.length > 0 ? keys.map(quote).join(", ") : "no field"}.`;
  const resolution =
    'Give exactly one of "all", "any", "none" with a list, or of "attribute", "segment", "list" with an operator.';
  return blocking("unknown-node", path, message, resolution);
}

function checkAttributeCondition(
  given: GivenFields,
  path: RulePath,
  vocabulary: RuleVocabulary,
): CheckedNode<AttributeCondition> {
  const surplus = unknownFields(given, ["attribute", "operator", "value"], path);
  if (surplus.length > 0) return { findings: surplus };
  const attribute = typeof given.attribute === "string" ? vocabulary.attributes.get(given.attribute) : undefined;
  if (!attribute)
    return {
      findings: [
        unknownName({
          ...{ kind: "attribute", given: given.attribute, path: [...path, "attribute"] },
          known: vocabulary.attributes.keys(),
        }),
      ],
    };
  const operators: readonly AttributeOperator[] = operatorsByType[attribute.type];
  const operator = operators.find((known) => known === given.operator);
  if (!operator)
    return {
      findings: [
        unknownOperator(given.operator, operators, `${quote(attribute.key)}, of type ${attribute.type},`, path),
      ],
    };
  const { value, findings } = checkValue(given.value, attribute.type, operator, [...path, "value"]);
  const bare = { attribute: attribute.key, operator };
  return findings.length > 0 ? { findings } : { node: value === undefined ? bare : { ...bare, value }, findings: [] };
}

const segmentOperators = ["member", "not_member"] as const;
const listOperators = ["listed", "not_listed"] as const;

function checkSegmentCondition(
  given: GivenFields,
  path: RulePath,
  vocabulary: RuleVocabulary,
): CheckedNode<SegmentCondition> {
  const operator = segmentOperators.find((known) => known === given.operator);
  if (!operator) return { findings: [unknownOperator(given.operator, segmentOperators, "a segment", path)] };
  const { key, findings } = checkReference("segment", given.segment, path, vocabulary.segments);
  return key === undefined ? { findings } : { node: { segment: key, operator }, findings };
}

function checkListCondition(
  given: GivenFields,
  path: RulePath,
  vocabulary: RuleVocabulary,
): CheckedNode<ListCondition> {
  const operator = listOperators.find((known) => known === given.operator);
  if (!operator) return { findings: [unknownOperator(given.operator, listOperators, "a list", path)] };
  const { key, findings } = checkReference("list", given.list, path, vocabulary.lists);
  return key === undefined ? { findings } : { node: { list: key, operator }, findings };
}

const places = { segment: "the segments that are live here", list: "the managed lists" } as const;

function checkReference(
  kind: "segment" | "list",
  given: unknown,
  path: RulePath,
  known: ReadonlyMap<string, unknown> | undefined,
): { key?: string; findings: Finding[] } {
  if (typeof given === "string" && known?.has(given)) return { key: given, findings: [] };
  if (known)
    return {
      findings: [unknownName({ ...{ kind, given, path: [...path, kind] }, known: known.keys(), where: places[kind] })],
    };
  const message = `A reference to a ${kind} cannot be read here.`;
  return {
    findings: [blocking("unsupported-reference", path, message, "Write the condition over attributes instead.")],
  };
}

function unknownOperator(given: unknown, known: readonly string[], subject: string, path: RulePath): Finding {
  const message =
    given === undefined
      ? "The operator is missing."
      : `The operator ${quote(given)} cannot be used on ${subject.replace(/,$/, "")}.`;
  return blocking("unknown-operator", [...path, "operator"], message, `Use ${oneOf(known)}.`);
}

/** Up to five fields that the language does not have here. */
export function unknownFields(given: object, allowed: readonly string[], path: RulePath): Finding[] {
  return firstKeys(given, allowed.length + 5)
    .filter((key) => !allowed.includes(key))
    .map((key) =>
      blocking("unknown-field", path, `The field ${quote(key)} is not known here.`, `Use only ${allowed.join(", ")}.`),
    );
}

function firstKeys(given: object, most: number): string[] {
  const keys: string[] = [];
  for (const key in given) {
    keys.push(key);
    if (keys.length === most) break;
  }
  return keys;
}
