/** Readers of JSON that somebody else wrote. Each throws a TypeError that names the place and what was expected. */
export type Json = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown, place: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unfit(place, "an object");
  return value as Json;
}

export function listOf(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw unfit(place, "a list");
  return value;
}

export function textOf(value: unknown, place: string): string {
  if (typeof value !== "string") throw unfit(place, "a text");
  return value;
}

/** A whole number from 0 on. */
export function countOf(value: unknown, place: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw unfit(place, "a whole number");
  return value;
}

export function integerOf(value: unknown, place: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw unfit(place, "a whole number");
  return value;
}

export function oneOf<Value extends string>(values: readonly Value[], given: unknown, place: string): Value {
  const found = values.find((value) => value === given);
  if (found === undefined) throw unfit(place, values.map((value) => `"${value}"`).join(" or "));
  return found;
}

/** Milliseconds since 1970 UTC. */
export function instantOf(value: unknown, place: string): number {
  const milliseconds = Date.parse(textOf(value, place));
  if (Number.isNaN(milliseconds)) throw unfit(place, "an instant");
  return milliseconds;
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The text that the bytes are in UTF-8, and nothing else. */
export function utf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

function unfit(place: string, expected: string): TypeError {
  return new TypeError(`${place} is not ${expected}`);
}
