import type { AttributeValue, Profile } from "../rules/definition";
import { effectiveTreatments } from "../rules/precedence";
import type { AttributeInput, Customer, MatchedSegment, Treatment } from "./api";
import type { Bundle, BundledSegment } from "./bundle";
import { StewardError } from "./steward-error";

/** The segments that take the customer at `asOf` (milliseconds since 1970 UTC). */
export function segmentsOf(bundle: Bundle, customer: Customer, asOf: number): MatchedSegment[] {
  return taking(bundle, customer, asOf).map(({ key, name, version, hash, precedence, standing }) => {
    return { key, name, version, hash, precedence, standing };
  });
}

export function treatmentsOf(bundle: Bundle, customer: Customer, asOf: number): Map<string, Treatment> {
  return new Map(effectiveTreatments(taking(bundle, customer, asOf)).map((each) => [each.name, each]));
}

function taking({ segments }: Bundle, customer: Customer, asOf: number): BundledSegment[] {
  const profile = profileOf(customer);
  return segments.filter(({ takes }) => takes(profile, asOf));
}

/** Whoever leaves consents or objections out would be answered as if there were none: that is refused. */
function profileOf({ id, region, consents, objections, attributes }: Customer): Profile {
  if (typeof id !== "string" || id === "") throw badCustomer("id is a text that is not empty");
  if (region !== undefined && typeof region !== "string") throw badCustomer("region is a text, or left out");
  if (!Array.isArray(consents)) throw badCustomer("consents is a list of purposes");
  if (!Array.isArray(objections)) throw badCustomer("objections is a list of purposes");
  if (typeof attributes !== "object" || attributes === null) throw badCustomer("attributes is an object");
  return { id, ...(region !== undefined && { region }), consents, objections, attributes: valuesOf(attributes) };
}

function valuesOf(given: Customer["attributes"]): Record<string, AttributeValue> {
  const values: Record<string, AttributeValue> = Object.create(null);
  for (const [key, value] of Object.entries(given)) if (value !== undefined) values[key] = attributeValue(value);
  return values;
}

function attributeValue(value: AttributeInput): AttributeValue {
  return value instanceof Date ? value.getTime() : value;
}

function badCustomer(expected: string): StewardError {
  return new StewardError("bad-customer", `The customer cannot be evaluated: ${expected}.`);
}
