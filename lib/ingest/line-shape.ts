import { z } from "zod";
import { maxIdLength } from "../customers/import-staging";
import { consentStates } from "../engine/customer-records";
import { nearestKeys } from "../rules/nearest-keys";
import { lineBounds } from "./read-line";
import { type Fault, fault } from "./reject";
import type { IngestTarget } from "./targets";

const idSchema = z.string().trim().min(1).max(maxIdLength);
const nameSchema = z.string().max(lineBounds.nameLength);
/** ISO 8601 with an offset or Z, or milliseconds. What time it is, is read later. */
const instantSchema = z.union([z.iso.datetime({ offset: true }), z.int()]);
const consentSchema = z.strictObject({
  purpose: nameSchema,
  state: z.enum(consentStates),
  at: instantSchema,
  /** The key that brings it, when left out. */
  source: z.string().min(1).max(200).optional(),
  text: z.string().max(200).optional(),
});
const identitySchema = z.strictObject({ namespace: nameSchema, value: z.string().min(1).max(1_000) });
const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

/** What a line of each kind is. */
export const lineSchemas = {
  customers: z.strictObject({
    id: idSchema,
    region: nameSchema.nullable().optional(),
    attributes: z.record(nameSchema, valueSchema).optional(),
    /** The version of the model that gave the scores among the attributes. */
    model: z.string().max(80).optional(),
    consents: z.array(consentSchema).optional(),
    identities: z.array(identitySchema).optional(),
  }),
  events: z.strictObject({
    id: idSchema,
    customerId: idSchema,
    type: nameSchema,
    at: instantSchema,
    properties: z.record(nameSchema, z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  }),
  consents: z.strictObject({ customerId: idSchema, ...consentSchema.shape }),
  identities: z.strictObject({ customerId: idSchema, ...identitySchema.shape }),
} as const satisfies Record<IngestTarget, z.ZodType>;

/** In place of a purpose and a state: a signal of the IAB's framework, and what its purposes are here. */
export const signalSchema = z.strictObject({
  customerId: idSchema,
  /** One of the two. */
  tcf: z.string().min(1).max(8_000).optional(),
  gpp: z.string().min(1).max(8_000).optional(),
  /** By number of the framework's purpose. */
  purposes: z.record(z.string().regex(/^([1-9]|1\d|2[0-4])$/, "from 1 to 24"), z.array(nameSchema).min(1)),
  at: instantSchema,
  source: z.string().min(1).max(200).optional(),
});

export type LineOf<T extends IngestTarget> = z.output<(typeof lineSchemas)[T]>;
export type GivenConsent = z.output<typeof consentSchema>;
export type GivenIdentity = z.output<typeof identitySchema>;
export type GivenValue = z.output<typeof valueSchema>;

/** The line, or the first thing that it is not. */
export function shapeLine<S extends z.ZodObject>(
  schema: S,
  value: unknown,
): { readonly line: z.output<S> } | { readonly fault: Fault } {
  const read = schema.safeParse(value);
  if (read.success) return { line: read.data };
  const [issue] = read.error.issues;
  if (!issue) return fault("wrong-value", "The line is not as it must be.");
  const isMissing = issue.path.length > 0 && at(value, issue.path) === undefined;
  if (isMissing) return fault("missing-field", `Field "${issue.path.join(".")}" is missing.`);
  return faultOf(Object.keys(schema.shape), issue);
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  const [first, ...others] = path;
  if (first === undefined || typeof value !== "object" || value === null) return value;
  return at(Object.getOwnPropertyDescriptor(value, first)?.value, others);
}

function faultOf(fields: readonly string[], issue: z.core.$ZodIssue): { readonly fault: Fault } {
  const place = issue.path.join(".");
  const field = place === "" ? "The line" : `Field "${place}"`;
  switch (issue.code) {
    case "unrecognized_keys":
      return unknownField(fields, issue.keys[0] ?? "", place);
    case "invalid_type":
      return fault("wrong-type", `${field} takes ${issue.expected}: ${issue.message}.`);
    case "invalid_union":
    case "invalid_format":
      return fault("wrong-type", `${field} ${unionWords(place)}`);
    case "too_big": {
      if (issue.origin !== "string") return fault("wrong-value", `${field} does not fit: ${issue.message}.`);
      const isId = place === "id" || place === "customerId";
      return fault(isId ? "id-too-long" : "value-too-long", `${field} is longer than ${issue.maximum} characters.`);
    }
    default:
      return fault("wrong-value", `${field} does not fit: ${issue.message}.`);
  }
}

function unionWords(place: string): string {
  if (place === "at" || place.endsWith(".at"))
    return "takes an instant as 2026-11-21T10:15:00Z, or in whole milliseconds.";
  return "takes a text, a number, true, false or null, and an attribute that is a set a list of texts.";
}

function unknownField(fields: readonly string[], given: string, place: string): { readonly fault: Fault } {
  if (place !== "") return fault("unknown-field", `There is no field "${given}" in "${place}".`);
  const [near] = nearestKeys(given, fields);
  const hint = near === undefined ? `There are: ${fields.join(", ")}.` : `Did you mean "${near}"?`;
  return fault("unknown-field", `There is no field "${given}". ${hint}`);
}
