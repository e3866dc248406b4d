import type { AttributeType, PropertyType } from "../catalogue/definition";
import { storableValue } from "../engine/storable-profile";
import type { AttributeValue } from "../rules/definition";
import { isInstant } from "../rules/instant";
import { type Fault, fault } from "./reject";

export const longestText = 10_000;

const takes = {
  string: "a text",
  number: "a finite number, as 12.5",
  boolean: "true or false",
  timestamp: "an instant, as 2026-11-21T10:15:00Z",
  string_set: 'a list of texts, as ["a", "b"]',
} as const satisfies Record<AttributeType, string>;

/** Milliseconds of an ISO 8601 text with an offset or Z, or of a whole number of them. */
export function readInstant(given: unknown): number | undefined {
  const milliseconds = typeof given === "string" ? Date.parse(given) : given;
  return isInstant(milliseconds) ? milliseconds : undefined;
}

const instantText = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** What is kept of a value; `what` names its attribute or property in what is said of one that does not fit. */
export function readValue(
  given: AttributeValue,
  type: AttributeType | PropertyType,
  what: string,
): { readonly value: AttributeValue } | { readonly fault: Fault } {
  const texts = Array.isArray(given) ? given : [given];
  if (texts.some((text) => typeof text === "string" && text.length > longestText))
    return fault("value-too-long", `${what} takes at most ${longestText.toLocaleString("en")} characters.`);
  const isText = type === "timestamp" && typeof given === "string";
  const meant = isText ? (instantText.test(given) ? readInstant(given) : undefined) : given;
  const value = meant === undefined ? undefined : storableValue(meant, type);
  if (value !== undefined) return { value };
  return fault("wrong-type", `${what} takes ${takes[type]}, not ${wordsFor(given)}.`);
}

function wordsFor(given: AttributeValue): string {
  if (Array.isArray(given)) return "a list";
  if (typeof given === "string") return "such a text";
  return `the ${typeof given} ${String(given)}`;
}
