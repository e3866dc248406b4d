import { z } from "zod";

export const attributeTypes = ["string", "number", "boolean", "timestamp", "string_set"] as const;
export type AttributeType = (typeof attributeTypes)[number];

export const attributeSources = ["stored", "computed", "score"] as const;
export type AttributeSource = (typeof attributeSources)[number];

export const lawfulBases = [
  "consent",
  "contract",
  "legal_duty",
  "legitimate_interest",
  "vital_interest",
  "public_task",
] as const;
export type LawfulBasis = (typeof lawfulBases)[number];

/** Keys name attributes, purposes, regions and segments everywhere: in rules, addresses and the feed. */
export const keyPattern = /^[a-z][a-z0-9_-]{0,62}$/;
export const keySchema = z
  .string()
  .regex(keyPattern, "A key starts with a small letter and holds up to 63 of a-z, 0-9, _ and -.");

/** Names that JavaScript gives a meaning of its own; refused as keys so that no map can be poisoned. */
export const reservedKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype", "id", "region"]);
export const newKeySchema = keySchema.refine((key) => !reservedKeys.has(key), "This key is reserved.");

/** What a condition of a policy is of: any of them will do. */
export const someKeysSchema = z.array(keySchema).min(1, "Name at least one, or leave the condition out.").max(64);

export const windowUnits = ["minutes", "hours", "days"] as const;
export type WindowUnit = (typeof windowUnits)[number];

/** What an event's property may hold. */
export const propertyTypes = ["string", "number", "boolean", "timestamp"] as const;
export type PropertyType = (typeof propertyTypes)[number];

export const eventPropertySchema = z.strictObject({
  key: keySchema,
  name: z.string().trim().min(1).max(120),
  type: z.enum(propertyTypes),
  /** As an attribute's; what is computed from it carries them too. */
  labels: z.array(keySchema).max(20).optional(),
});
export type EventProperty = z.infer<typeof eventPropertySchema>;

/** A kind of thing that customers do, with what each such event tells: "order" with "amount" and "country". */
export const eventTypeSchema = z.strictObject({
  key: keySchema,
  name: z.string().trim().min(1).max(120),
  description: z.string().max(2_000).default(""),
  properties: z.array(eventPropertySchema).max(100).default([]),
});
export type EventType = z.infer<typeof eventTypeSchema>;

export const aggregates = ["count", "sum", "min", "max", "last", "distinct"] as const;
export type Aggregate = (typeof aggregates)[number];

/** Names the instant of the event itself where a property is asked for: the first order's instant is the `min` of it. */
export const instantOfEvent = "at";

/**
 * How an attribute follows from a customer's events. `window` counts back from the refresh: `asOf - n < at <= asOf`;
 * without it, everything up to `asOf` counts. All of `filter` must hold, each in the rule language, with the event's
 * properties for attributes. `count`, `sum` and `distinct` are 0 without events, the others missing.
 */
export const computationSchema = z.strictObject({
  event: keySchema,
  aggregate: z.enum(aggregates),
  /** Of the event; `at` for its instant. Absent for `count`. */
  property: keySchema.optional(),
  window: z.strictObject({ n: z.int().min(1).max(1_000_000), unit: z.enum(windowUnits) }).optional(),
  filter: z
    .array(z.strictObject({ property: keySchema, operator: z.string().max(40), value: z.json().optional() }))
    .max(20)
    .default([]),
});
export type Computation = z.infer<typeof computationSchema>;

export const attributeSchema = z.strictObject({
  key: keySchema,
  name: z.string().trim().min(1).max(120),
  type: z.enum(attributeTypes),
  description: z.string().max(2_000).default(""),
  source: z.enum(attributeSources).default("stored"),
  /** Shown behind a value: "EUR", "of 1.00", "in 90 days". */
  unit: z.string().max(40).optional(),
  /** "personal", "special", "no-export", …; what policies speak of. */
  labels: z.array(keySchema).max(20).default([]),
  /** For a score: the model and its version, as "churn-v12". */
  model: z.string().max(80).optional(),
  /** For a computed attribute; its type follows from it. */
  computation: computationSchema.optional(),
  /** A value comes at least this often: longer silence is a finding for the segments that use it. */
  arrivesEveryHours: z.int().min(1).max(8_760).optional(),
});
export type Attribute = z.infer<typeof attributeSchema>;

export const purposeSchema = z.strictObject({
  key: keySchema,
  name: z.string().trim().min(1).max(120),
  lawfulBasis: z.enum(lawfulBases),
  description: z.string().max(2_000).default(""),
});
export type Purpose = z.infer<typeof purposeSchema>;

export const regionSchema = z.strictObject({
  key: keySchema,
  name: z.string().trim().min(1).max(120),
  description: z.string().max(2_000).default(""),
});
export type Region = z.infer<typeof regionSchema>;

/** What a rule and a document may speak of. */
export type Catalogue = {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly purposes: ReadonlyMap<string, Purpose>;
  readonly regions: ReadonlyMap<string, Region>;
};

export function catalogueOf(parts: {
  attributes?: readonly Attribute[];
  purposes?: readonly Purpose[];
  regions?: readonly Region[];
}): Catalogue {
  return {
    attributes: new Map((parts.attributes ?? []).map((each) => [each.key, each])),
    purposes: new Map((parts.purposes ?? []).map((each) => [each.key, each])),
    regions: new Map((parts.regions ?? []).map((each) => [each.key, each])),
  };
}
