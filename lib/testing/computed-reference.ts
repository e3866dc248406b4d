import { instantOfEvent } from "../catalogue/definition";
import type { CustomerEvent } from "../engine/customer-records";
import type { ComputedAttribute } from "../engine/engine";
import { type AttributeValue, unitMilliseconds } from "../rules/definition";
import { evaluate } from "../rules/evaluate";

type Value = string | number | boolean;

/** What an attribute is for a customer, plainly: by the interpreter of rules, one event after the other. */
export function computedValue(
  { computation }: ComputedAttribute,
  /** The customer's, stored, of every type. */
  events: readonly CustomerEvent[],
  type: string,
  asOf: number,
): AttributeValue | undefined {
  const { aggregate, property, window, filter } = computation;
  const since = window ? asOf - window.n * unitMilliseconds[window.unit] : Number.NEGATIVE_INFINITY;
  const counted = events
    .filter((event) => event.type === type && event.at > since && event.at <= asOf)
    .filter((event) => filter.every((condition) => evaluate(condition, profileOf(event), asOf)))
    .sort((a, b) => a.at - b.at || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)));
  if (aggregate === "count") return counted.length;
  const values = counted.flatMap((event) => propertyOf(event, property ?? "") ?? []);
  if (aggregate === "distinct") return new Set(values).size;
  if (aggregate === "sum") return decimalSum(values.map(Number));
  if (aggregate === "last" || values.length === 0) return values.at(-1);
  return (aggregate === "min" ? Math.min : Math.max)(...values.map(Number));
}

function propertyOf(event: CustomerEvent, property: string): Value | undefined {
  return property === instantOfEvent ? event.at : event.properties[property];
}

function profileOf({ customerId, at, properties }: CustomerEvent) {
  return { id: customerId, consents: [], objections: [], attributes: { ...properties, [instantOfEvent]: at } };
}

/** Each number as the decimal that JavaScript writes, at ten places; the sum as the number that is read from it. */
function decimalSum(numbers: readonly number[]): number {
  const total = numbers.reduce((sum, number) => sum + tenPlaces(number), 0n);
  const digits = String(total < 0n ? -total : total).padStart(11, "0");
  return Number(`${total < 0n ? "-" : ""}${digits.slice(0, -10)}.${digits.slice(-10)}`) + 0;
}

function tenPlaces(number: number): bigint {
  const [, sign = "", whole = "0", fraction = "", exponent = "0"] =
    /^(-?)(\d+)\.?(\d*)(?:e([+-]\d+))?$/.exec(String(number)) ?? [];
  const shift = Number(exponent) + 10 - fraction.length;
  const digits = BigInt(whole + fraction);
  const units =
    shift >= 0 ? digits * 10n ** BigInt(shift) : (digits + 5n * 10n ** BigInt(-shift - 1)) / 10n ** BigInt(-shift);
  return sign === "-" ? -units : units;
}
