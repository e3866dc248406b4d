import { z } from "zod";
import { mergedFieldNames } from "../segments/merge-documents";
import { versionSchema } from "./contract";

const fieldNameSchema = z.enum(mergedFieldNames);

export const mergeConflictSchema = z.object({
  /** Names the choice: a field, or an entry of one, as "treatments.support_queue". */
  field: z.string(),
  part: fieldNameSchema,
  label: z.string(),
  base: z.unknown(),
  live: z.unknown(),
  draft: z.unknown(),
});

/** What a rebase of `version` onto `live` does; also `more` of the 409 that one with open conflicts gets. */
export const rebasePlanSchema = z.object({
  version: versionSchema,
  live: versionSchema,
  /** What the draft was opened from; null where that is not known, and then fields that differ are conflicts. */
  base: versionSchema.nullable(),
  taken: z.array(fieldNameSchema),
  kept: z.array(fieldNameSchema),
  conflicts: z.array(mergeConflictSchema),
});
export type RebasePlan = z.infer<typeof rebasePlanSchema>;

/** `GET /api/v1/versions/{id}/rebase`; null where the version stands on what is live. */
export const plannedRebaseSchema = z.object({ plan: rebasePlanSchema.nullable() });

/** `POST /api/v1/versions/{id}/rebase`. */
export const rebaseSchema = z.strictObject({
  /** The draftRevision that was looked at. */
  basedOn: z.int(),
  /** The number of the live version that the choices were made against; without it, whichever is live. */
  onto: z.int().optional(),
  /** By the field of a conflict. */
  choices: z.record(z.string(), z.enum(["live", "draft"])).optional(),
});
export const rebasedSchema = z.object({
  version: versionSchema,
  merged: z.object({ taken: z.array(fieldNameSchema), kept: z.array(fieldNameSchema) }),
});
