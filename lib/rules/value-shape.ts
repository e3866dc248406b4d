import type { AttributeType } from "../catalogue/definition";
import { type AttributeOperator, operatorsByType } from "./definition";

/** What a condition's value looks like, and so which control edits it. */
export const valueShapes = ["none", "text", "texts", "number", "range", "boolean", "instant", "window"] as const;
export type ValueShape = (typeof valueShapes)[number];

export function valueShape(type: AttributeType, operator: AttributeOperator): ValueShape {
  switch (operator) {
    case "is_set":
    case "is_not_set":
      return "none";
    case "in":
    case "not_in":
    case "contains_any":
    case "contains_all":
    case "contains_none":
      return "texts";
    case "between":
      return "range";
    case "before":
    case "after":
      return "instant";
    case "within_last":
    case "not_within_last":
    case "within_next":
      return "window";
    default:
      return type === "number" || type === "boolean" ? type : "text";
  }
}

export function isOperatorOf(type: AttributeType, operator: string): operator is AttributeOperator {
  return (operatorsByType[type] as readonly string[]).includes(operator);
}

/**
 * What of `value` still makes sense in another shape; undefined where someone has to give it anew. An unfinished range or
 * window of the right shape stays as it is: [5, null], { n: null, unit: "days" }.
 */
export function carryValue(value: unknown, shape: ValueShape): unknown {
  switch (shape) {
    case "none":
      return undefined;
    case "text":
      return firstText(value);
    case "texts":
      return Array.isArray(value) && value.length === 0 ? undefined : texts(value);
    case "number":
      return numbers(value)[0];
    case "range":
      return range(value);
    case "boolean":
      return typeof value === "boolean" ? value : true;
    case "instant":
      return isInstant(value) ? value : undefined;
    case "window":
      return isWindow(value) ? value : { n: 30, unit: "days" };
  }
}

const instantStart = /^\d{4}-\d{2}-\d{2}T/;

function isInstant(value: unknown): value is string {
  return typeof value === "string" && instantStart.test(value);
}

function isWindow(value: unknown): boolean {
  return typeof value === "object" && value !== null && "n" in value && "unit" in value;
}

function texts(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) return value.every((each) => typeof each === "string") ? value : undefined;
  return typeof value === "string" && value !== "" && !isInstant(value) ? [value] : undefined;
}

function firstText(value: unknown): string | undefined {
  if (typeof value === "string") return isInstant(value) ? undefined : value;
  return texts(value)?.[0];
}

function numbers(value: unknown): readonly number[] {
  if (typeof value === "number") return [value];
  return Array.isArray(value) && value.every((each) => typeof each === "number") ? value : [];
}

function range(value: unknown): unknown {
  if (Array.isArray(value) && value.length === 2 && value.every((end) => end === null || typeof end === "number"))
    return value;
  const [only] = numbers(value);
  return only === undefined ? undefined : [only, only];
}
