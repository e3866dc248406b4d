import { z } from "zod";
import {
  attributeSchema,
  attributeSources,
  attributeTypes,
  lawfulBases,
  newKeySchema,
  purposeSchema,
  regionSchema,
} from "./definition";

/** Customer numbers are rounded down to the minimum cell for people who may not look customers up. */
export const attributeItemSchema = z.object({
  ...attributeSchema.shape,
  source: z.enum(attributeSources),
  type: z.enum(attributeTypes),
  /** That it carries besides its own, from what it is computed from; absent where there are none. */
  sourceLabels: z.array(z.string()).optional(),
  segments: z.int(),
  /** When a computed attribute was last written for every customer; absent before that. */
  refreshedAt: z.iso.datetime().optional(),
  /** Who have a value; `missing` who have none. */
  customers: z.int().nullable(),
  missing: z.int().nullable(),
});
export type AttributeItem = z.infer<typeof attributeItemSchema>;
export const attributeListSchema = z.object({ items: z.array(attributeItemSchema), total: z.int() });

export const createAttributeSchema = attributeSchema.extend({ key: newKeySchema });
export const createPurposeSchema = purposeSchema.extend({ key: newKeySchema });
export const createRegionSchema = regionSchema.extend({ key: newKeySchema });

export const purposeItemSchema = z.object({
  ...purposeSchema.shape,
  lawfulBasis: z.enum(lawfulBases),
  segments: z.int(),
});
export const purposeListSchema = z.object({ items: z.array(purposeItemSchema), total: z.int() });
export const regionItemSchema = z.object({ ...regionSchema.shape, segments: z.int(), customers: z.int().nullable() });
export const regionListSchema = z.object({ items: z.array(regionItemSchema), total: z.int() });

/** `GET /api/v1/attributes/{key}`: what the editor offers and the catalogue shows. */
export const attributeStatisticsSchema = z.object({
  attribute: attributeItemSchema,
  /** All there are. */
  customers: z.int(),
  missing: z.int(),
  values: z.array(z.object({ value: z.string(), customers: z.int() })),
  least: z.number().nullable(),
  greatest: z.number().nullable(),
});
export type AttributeStatisticsAnswer = z.infer<typeof attributeStatisticsSchema>;

export const createdAttributeSchema = z.object({ attribute: attributeSchema });
export const createdPurposeSchema = z.object({ purpose: purposeSchema });
export const createdRegionSchema = z.object({ region: regionSchema });
