import { z } from "zod";
import { personSummarySchema } from "../access/contract";
import { keySchema, newKeySchema } from "../catalogue/definition";

const name = z.string().trim().min(1).max(120);
const words = z.string().trim().max(2_000);
/** An attribute says a model and its version as one: "churn-v12". */
const versionSchema = z
  .string()
  .regex(/^v?\d[A-Za-z0-9._-]{0,39}$/, 'A version begins with a digit or v and a digit, as "v12" or "2026.1".');

export const registerModelSchema = z.strictObject({
  key: newKeySchema,
  name,
  description: words.default(""),
  ownerTeam: keySchema.optional(),
});
export const addModelVersionSchema = z.strictObject({
  version: versionSchema,
  trainedAt: z.iso.datetime({ offset: true }).optional(),
  /** What it looks at, in its owner's words. */
  features: z.array(z.string().trim().min(1).max(120)).max(500).default([]),
  notes: words.default(""),
});

export const modelVersionSchema = z.object({
  version: z.string(),
  trainedAt: z.iso.datetime().nullable(),
  features: z.array(z.string()),
  notes: z.string(),
  createdAt: z.iso.datetime(),
  /** The scores that say they are of it. */
  attributes: z.array(z.string()),
});
export const modelSchema = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  ownerTeam: z.string().nullable(),
  /** Newest first. */
  versions: z.array(modelVersionSchema),
});
export type ModelItem = z.infer<typeof modelSchema>;

const movedSchema = z.object({
  segment: z.string(),
  name: z.string(),
  since: z.iso.datetime(),
  before: z.int(),
  entered: z.int(),
  left: z.int(),
});
export const scoreSchema = z.object({
  attribute: z.string(),
  name: z.string(),
  model: z.string().nullable(),
  /** Whether the register has that version. */
  registered: z.boolean(),
  measured: z
    .object({
      at: z.iso.datetime(),
      customers: z.int(),
      missing: z.int(),
      /** Population stability index against an earlier measurement; null for the first. */
      stability: z.number().nullable(),
      comparedWith: z.iso.datetime().nullable(),
      comparedModel: z.string().nullable(),
    })
    .nullable(),
  /** Live production segments whose rule speaks of it, and how many of their members are others than before. */
  segments: z.array(movedSchema),
});
export type ScoreItem = z.infer<typeof scoreSchema>;

export const modelListSchema = z.object({ items: z.array(modelSchema), scores: z.array(scoreSchema) });
export const registeredModelSchema = z.object({ model: modelSchema });

export const overrideScoreSchema = z.strictObject({
  attribute: keySchema,
  value: z.union([z.string().max(500), z.number(), z.boolean()]),
  reason: z.string().trim().min(1, "Say why: it wins over the model.").max(2_000),
  /** Within a year; without it, until somebody ends it. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
export const scoreOverrideSchema = z.object({
  id: z.string(),
  attribute: z.string(),
  name: z.string(),
  /** Null with `masked` for who may not see it. */
  value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  /** What the model says meanwhile. */
  replaced: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  masked: z.boolean(),
  reason: z.string(),
  expiresAt: z.iso.datetime().nullable(),
  createdBy: personSummarySchema.nullable(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type ScoreOverrideItem = z.infer<typeof scoreOverrideSchema>;
export const scoreOverrideListSchema = z.object({ items: z.array(scoreOverrideSchema) });
export const overriddenScoreSchema = z.object({ override: scoreOverrideSchema });
