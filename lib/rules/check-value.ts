import { type AttributeType, type WindowUnit, windowUnits } from "../catalogue/definition";
import type { Finding } from "../findings";
import { isObject } from "./check-bounds";
import { isFiniteNumber } from "./condition-value";
import {
  type AttributeOperator,
  bounds,
  type ConditionValue,
  type RulePath,
  unitMilliseconds,
  type Window,
} from "./definition";
import { parseInstant } from "./instant";
import { blocking, oneOf, quote } from "./rule-finding";

export type CheckedValue = { readonly value?: ConditionValue; readonly findings: readonly Finding[] };

/** The value as the language holds it: text in NFC and trimmed, instants with milliseconds, zero without a sign. */
export function checkValue(
  given: unknown,
  type: AttributeType,
  operator: AttributeOperator,
  path: RulePath,
): CheckedValue {
  switch (operator) {
    case "is_set":
    case "is_not_set":
      return given === undefined ? { findings: [] } : refuse(path, given, "Leave the value out.");
    case "in":
    case "not_in":
    case "contains_any":
    case "contains_all":
    case "contains_none":
      return checkTexts(given, path);
    case "between":
      return checkRange(given, path);
    case "before":
    case "after":
      return checkInstant(given, path);
    case "within_last":
    case "not_within_last":
    case "within_next":
      return checkWindow(given, path);
    default:
      return checkScalar(given, type, path);
  }
}

function checkScalar(given: unknown, type: AttributeType, path: RulePath): CheckedValue {
  if (type === "boolean")
    return typeof given === "boolean" ? accept(given) : refuse(path, given, "Give true or false.");
  if (type === "number")
    return isFiniteNumber(given) ? accept(given + 0) : refuse(path, given, "Give a finite number, as 12.5.");
  const text = normalText(given);
  return text === undefined ? refuse(path, given, textWanted) : accept(text);
}

const textWanted = "Give a text with at least one character; is_not_set finds customers without a value.";

/** As ingest normalises: NFC, no space at either end. Undefined for what no profile can carry. */
function normalText(given: unknown): string | undefined {
  if (typeof given !== "string" || !given.isWellFormed() || given.includes("\u0000")) return undefined;
  return given.normalize("NFC").trim() || undefined;
}

function checkTexts(given: unknown, path: RulePath): CheckedValue {
  if (!Array.isArray(given) || given.length === 0)
    return refuse(path, given, `Give a list of 1 to ${bounds.values.toLocaleString("en")} texts.`);
  const places = new Map<string, number>();
  const findings: Finding[] = [];
  given.forEach((each: unknown, index) => {
    const text = normalText(each);
    const earlier = text === undefined ? undefined : places.get(text);
    if (text === undefined) findings.push(...refuse([...path, index], each, textWanted).findings);
    else if (earlier === undefined) places.set(text, index);
    else findings.push(duplicate([...path, index], text, earlier));
  });
  return findings.length > 0 ? { findings: findings.slice(0, 5) } : accept([...places.keys()]);
}

function duplicate(path: RulePath, text: string, earlier: number): Finding {
  const message = `The value ${quote(text)} stands twice in the list.`;
  return blocking("duplicate-value", path, message, `Remove it here; it is value ${earlier + 1} already.`);
}

function checkRange(given: unknown, path: RulePath): CheckedValue {
  const [low, high]: readonly unknown[] = Array.isArray(given) && given.length === 2 ? given : [];
  if (!isFiniteNumber(low) || !isFiniteNumber(high))
    return refuse(path, given, "Give two finite numbers [low, high]; both ends are included.");
  if (low <= high) return accept([low + 0, high + 0]);
  const message = `The range from ${low} to ${high} holds no number.`;
  return { findings: [blocking("empty-range", path, message, `Give the lower end first: [${high}, ${low}].`)] };
}

function checkInstant(given: unknown, path: RulePath): CheckedValue {
  const milliseconds = typeof given === "string" ? parseInstant(given) : undefined;
  return milliseconds === undefined
    ? refuse(path, given, "Give an instant as ISO 8601 in UTC, as 2026-12-31T23:59:59Z.")
    : accept(new Date(milliseconds).toISOString());
}

const windowWanted = `Give { "n": 30, "unit": "days" }: a whole number of ${oneOf(windowUnits)}, at most ${bounds.windowDays.toLocaleString("en")} days in all.`;

function checkWindow(given: unknown, path: RulePath): CheckedValue {
  if (!isObject(given) || !hasOnly(given, ["n", "unit"])) return refuse(path, given, windowWanted);
  const { n, unit }: { n?: unknown; unit?: unknown } = given;
  if (!isUnit(unit)) return refuse([...path, "unit"], unit, windowWanted);
  if (typeof n !== "number" || !Number.isSafeInteger(n) || n < 1) return refuse([...path, "n"], n, windowWanted);
  if (n * unitMilliseconds[unit] > bounds.windowDays * unitMilliseconds.days)
    return refuse([...path, "n"], n, windowWanted);
  const window: Window = { n, unit };
  return accept(window);
}

function hasOnly(value: object, keys: readonly string[]): boolean {
  for (const key in value) if (!keys.includes(key)) return false;
  return true;
}

function isUnit(value: unknown): value is WindowUnit {
  return windowUnits.some((unit) => unit === value);
}

function accept(value: ConditionValue): CheckedValue {
  return { value, findings: [] };
}

function refuse(path: RulePath, given: unknown, resolution: string): CheckedValue {
  const message = given === undefined ? "A value is missing." : `The value ${quote(given)} does not fit.`;
  return { findings: [blocking(given === undefined ? "missing-value" : "bad-value", path, message, resolution)] };
}
