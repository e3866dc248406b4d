import { z } from "zod";
import { attributeSources, attributeTypes } from "../catalogue/definition";
import { ingestTargets } from "./targets";

export const dataQualityQuerySchema = z.strictObject({
  /** How far back, in hours. */
  hours: z.coerce
    .number()
    .int()
    .min(1)
    .max(24 * 92)
    .default(24),
});

export const arrivalsSchema = z.object({
  /** "key:ID" of a consumer's key, or "import". */
  source: z.string(),
  /** What people call it. */
  name: z.string(),
  target: z.enum(ingestTargets),
  accepted: z.int(),
  repeated: z.int(),
  late: z.int(),
  rejected: z.int(),
  /** The most frequent first. */
  codes: z.array(z.object({ code: z.string(), count: z.int() })),
});
export type ArrivalsItem = z.infer<typeof arrivalsSchema>;

export const attributeQualitySchema = z.object({
  key: z.string(),
  name: z.string(),
  type: z.enum(attributeTypes),
  source: z.enum(attributeSources),
  /** Customers who have it, and who lack it; null where that is not told. */
  customers: z.int().nullable(),
  missing: z.int().nullable(),
  arrivedAt: z.iso.datetime().nullable(),
  arrivesEveryHours: z.int().nullable(),
  /** Silent for longer than it may be. */
  silent: z.boolean(),
  segments: z.int(),
});
export type AttributeQuality = z.infer<typeof attributeQualitySchema>;

export const dataQualitySchema = z.object({
  since: z.iso.datetime(),
  sources: z.array(arrivalsSchema),
  /** The silent ones first. */
  attributes: z.array(attributeQualitySchema),
});
