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
