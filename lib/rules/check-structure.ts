import type { Finding } from "../findings";
import { checkBounds, isObject } from "./check-bounds";
import { subjectsOf, unknownFields, unknownNode } from "./check-condition";
import { type GroupKind, groupKinds, type RulePath } from "./definition";
import { blocking, quote } from "./rule-finding";

/**
 * What even an unfinished rule must be, so that it can be kept, shown and edited: a tree within the bounds whose nodes
 * are groups and conditions. Names, operators and values may still be missing or wrong; `checkRule` looks at those.
 */
export function checkStructure(input: unknown): Finding[] {
  const breaches = checkBounds(input);
  return breaches.length > 0 ? breaches : structureOf(input, []);
}

/** Recursion is safe: the bounds have been checked. */
function structureOf(given: unknown, path: RulePath): Finding[] {
  if (!isObject(given)) return [notARule(given, path)];
  const kind = groupKinds.find((each) => Object.hasOwn(given, each));
  if (kind === undefined) return leafStructure(given, path);
  const surplus = unknownFields(given, [kind], path);
  if (surplus.length > 0) return surplus;
  const children: unknown = Reflect.get(given, kind);
  if (!Array.isArray(children)) return [notAList(children, kind, path)];
  return children.flatMap((child: unknown, index) => structureOf(child, [...path, kind, index]));
}

function leafStructure(given: object, path: RulePath): Finding[] {
  const [subject, ...others] = subjectsOf(given);
  if (subject === undefined || others.length > 0) return [unknownNode(path, given)];
  const fields = subject === "attribute" ? [subject, "operator", "value"] : [subject, "operator"];
  const surplus = unknownFields(given, fields, path);
  const named = [subject, "operator"].flatMap((field) => {
    const text: unknown = Reflect.get(given, field);
    return typeof text === "string" ? [] : [notAText(text, [...path, field])];
  });
  const value: unknown = Reflect.get(given, "value");
  return [...surplus, ...named, ...(isValueLike(value) ? [] : [notAValue(value, [...path, "value"])])];
}

function isValueLike(value: unknown): boolean {
  if (!isObject(value)) return Array.isArray(value) ? value.every(isScalar) : isScalar(value);
  return "n" in value && "unit" in value && typeof value.n === "number" && typeof value.unit === "string";
}

function isScalar(value: unknown): boolean {
  return value === undefined || value === null || ["string", "number", "boolean"].includes(typeof value);
}

export function notARule(given: unknown, path: RulePath): Finding {
  const message = given === undefined ? "The rule is missing." : `A rule cannot be ${quote(given)}.`;
  const resolution = 'Give an object: a group as { "all": [ … ] } or a condition as { "attribute": …, "operator": … }.';
  return blocking("not-a-rule", path, message, resolution);
}

export function notAList(given: unknown, kind: GroupKind, path: RulePath): Finding {
  const message = `A group holds a list, not ${quote(given)}.`;
  return blocking("not-a-list", [...path, kind], message, `Give a list of rules, as { "${kind}": [ … ] }.`);
}

function notAText(given: unknown, path: RulePath): Finding {
  return blocking("not-a-text", path, `This cannot be ${quote(given)}.`, "Give a text; it may be empty for now.");
}

function notAValue(given: unknown, path: RulePath): Finding {
  const resolution = 'Give a text, a number, true or false, a list of these, or { "n": 30, "unit": "days" }.';
  return blocking("bad-value", path, `The value ${quote(given)} does not fit.`, resolution);
}
