import { z } from "zod";
import { personSummarySchema } from "../access/contract";

export const releaseKinds = ["release", "rollback", "kill", "break_glass"] as const;

export const releaseSchema = z.object({
  id: z.string(),
  environment: z.string(),
  segmentKey: z.string(),
  kind: z.enum(releaseKinds),
  version: z.object({ id: z.string(), number: z.int(), contentHash: z.string() }),
  revision: z.int(),
  rolloutPercent: z.number(),
  members: z.int().nullable(),
  reason: z.string(),
  actor: personSummarySchema,
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type Release = z.infer<typeof releaseSchema>;

/** `rollout` is percent. */
export const releaseVersionSchema = z.strictObject({
  environment: z.string(),
  rollout: z.number().gt(0).max(100).optional(),
});
export const rollBackSchema = z.strictObject({
  environment: z.string(),
  toVersion: z.int32(),
  reason: z.string().trim().min(1).max(2_000),
});
export const killSchema = z.strictObject({ environment: z.string(), reason: z.string().trim().min(1).max(2_000) });
export const releasedSchema = z.object({ release: releaseSchema, revision: z.int() });

export const environmentSchema = z.object({
  key: z.string(),
  name: z.string(),
  revision: z.int(),
  changedAt: z.iso.datetime().nullable(),
  /** The key of the environment that must serve a version before this one does. */
  promotedFrom: z.string().nullable(),
  /** Approval policies that can ask for something here. */
  policies: z.array(z.object({ key: z.string(), name: z.string() })),
  liveSegments: z.int(),
});
export const environmentListSchema = z.object({ items: z.array(environmentSchema) });
export type Environment = z.infer<typeof environmentSchema>;
