import fc from "fast-check";
import type { Attribute } from "../catalogue/definition";
import {
  type AttributeCondition,
  type AttributeOperator,
  type AttributeValue,
  type ConditionValue,
  operatorsByType,
  unitMilliseconds,
  type Window,
} from "../rules/definition";

/** Small pools, so that rules and profiles meet: equal values, prefixes of one another, quotes and wildcards. */
const texts = [
  ..."a|b|ab|abc|Abc|premium|business|free|a b|a'b|a\"b|a\\b|a%b|a_b|%|_|null|true|0|00|1e3|,|[x]|{y}|-- x".split("|"),
  ..."é|e|éa|Å|Zoë|straße|STRASSE|ß|ﬁ|fi|中文|한국|👩|👩‍👩‍👧|👩‍👩|🇮🇪|😀😀|\u{1F600}\u{10FFFF}|\uFFFD|a\nb|a\tb".split(
    "|",
  ),
].map((text) => text.normalize("NFC"));

const numbers = [
  ...[0, -0, 1, -1, 2, 3, 0.1, 0.2, 0.1 + 0.2, 0.3, 0.5, 0.6, 99.995, 1_000, 1e21, -1e21, 1e-7],
  ...[2 ** 31, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, -(2 ** 53), 2 ** 63, 2 ** 64, 5e-324, Number.MAX_VALUE],
];

const windows: readonly Window[] = [
  { n: 1, unit: "minutes" },
  { n: 90, unit: "minutes" },
  { n: 1, unit: "hours" },
  { n: 24, unit: "hours" },
  { n: 1, unit: "days" },
  { n: 29, unit: "days" },
  { n: 30, unit: "days" },
  { n: 365, unit: "days" },
  { n: 36_500, unit: "days" },
];

/** Leap days, turns of the year and of clocks, before 1970 and beyond 2^31 seconds. Milliseconds. */
const instants = [
  "2024-02-29T00:00:00.000Z",
  "2024-02-28T23:59:59.999Z",
  "2000-02-29T12:00:00.001Z",
  "2023-03-01T00:00:00.000Z",
  "2025-12-31T23:59:59.999Z",
  "2026-03-29T01:00:00.000Z",
  "2026-10-25T01:30:00.000Z",
  "1970-01-01T00:00:00.000Z",
  "1969-12-31T23:59:59.999Z",
  "2038-01-19T03:14:08.000Z",
].map((text) => Date.parse(text));

export const anyInstant: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(...instants),
  fc.integer({ min: Date.parse("2015-01-01T00:00:00Z"), max: Date.parse("2035-01-01T00:00:00Z") }),
);

const anyText = fc.oneof(
  { arbitrary: fc.constantFrom(...texts), weight: 5 },
  {
    arbitrary: fc
      .string({ unit: "binary", minLength: 1, maxLength: 6 })
      .map((text) => text.replaceAll("\u0000", "").normalize("NFC").trim() || "x"),
    weight: 1,
  },
);
const anyNumber = fc.oneof(
  { arbitrary: fc.constantFrom(...numbers), weight: 5 },
  { arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }), weight: 1 },
);
/** A rule holds no minus zero: checking turns it into zero. */
const anyRuleNumber = anyNumber.map((value) => value + 0);
const someTexts = fc.uniqueArray(anyText, { minLength: 1, maxLength: 4 });

/** Both ends of every window and a millisecond to either side, or an instant of its own. */
function instantNear(asOf: number): fc.Arbitrary<number> {
  const ends = windows.flatMap(({ n, unit }) => [-n * unitMilliseconds[unit], n * unitMilliseconds[unit]]);
  return fc.oneof(
    fc.tuple(fc.constantFrom(0, ...ends), fc.constantFrom(-1, 0, 1)).map(([end, step]) => asOf + end + step),
    anyInstant,
  );
}

/** A value as a profile carries it. */
export function attributeValue({ type }: Attribute, asOf: number): fc.Arbitrary<AttributeValue> {
  switch (type) {
    case "string":
      return anyText;
    case "number":
      return anyNumber;
    case "boolean":
      return fc.boolean();
    case "timestamp":
      return instantNear(asOf);
    case "string_set":
      return fc.uniqueArray(anyText, { maxLength: 4 });
  }
}

/** A condition over the attribute, with any operator of its type. */
export function conditionOn(attribute: Attribute, asOf: number): fc.Arbitrary<AttributeCondition> {
  return fc.constantFrom<AttributeOperator>(...operatorsByType[attribute.type]).chain((operator) => {
    const value = conditionValue(attribute, operator, asOf);
    const bare = { attribute: attribute.key, operator };
    return value === undefined ? fc.constant(bare) : value.map((given) => ({ ...bare, value: given }));
  });
}

function conditionValue(
  attribute: Attribute,
  operator: AttributeOperator,
  asOf: number,
): fc.Arbitrary<ConditionValue> | undefined {
  switch (operator) {
    case "is_set":
    case "is_not_set":
      return undefined;
    case "in":
    case "not_in":
    case "contains_any":
    case "contains_all":
    case "contains_none":
      return someTexts;
    case "between":
      return fc.tuple(anyRuleNumber, anyRuleNumber).map(([a, b]) => (a <= b ? [a, b] : [b, a]));
    case "before":
    case "after":
      return instantNear(asOf).map((milliseconds) => new Date(milliseconds).toISOString());
    case "within_last":
    case "not_within_last":
    case "within_next":
      return fc.constantFrom(...windows);
    default:
      return attribute.type === "boolean" ? fc.boolean() : attribute.type === "number" ? anyRuleNumber : anyText;
  }
}
