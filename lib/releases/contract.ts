import { z } from "zod";
import { personSummarySchema } from "../access/contract";
import { breakGlassReviewSchema } from "./break-glass-contract";
import { planSchema } from "./plan-contract";
import { rolloutStepsSchema } from "./rollout-plan";

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
  /** Of a release without its approvals. */
  breakGlass: breakGlassReviewSchema.nullable(),
});
export type Release = z.infer<typeof releaseSchema>;

/**
 * `rollout` is percent. With `at`, the release waits until then, and every gate is checked when it is made; with
 * `steps`, the first one is released now, and the others follow by themselves.
 */
export const releaseVersionSchema = z
  .strictObject({
    environment: z.string(),
    rollout: z.number().gt(0).max(100).optional(),
    at: z.iso.datetime({ offset: true }).optional(),
    steps: rolloutStepsSchema.optional(),
  })
  .refine(({ rollout, at, steps }) => steps === undefined || (rollout === undefined && at === undefined), {
    path: ["steps"],
    message: "Steps say their own shares, and the first one is taken now: leave rollout and at out.",
  });
export const rollBackSchema = z.strictObject({
  environment: z.string(),
  toVersion: z.int32(),
  reason: z.string().trim().min(1).max(2_000),
});
export const killSchema = z.strictObject({ environment: z.string(), reason: z.string().trim().min(1).max(2_000) });
export const releasedSchema = z.object({
  release: releaseSchema,
  revision: z.int(),
  /** Where the release is the first step of one. */
  plan: planSchema.optional(),
});
export type Released = z.infer<typeof releasedSchema>;

export const environmentSchema = z.object({
  key: z.string(),
  name: z.string(),
  /** Of the newest release, and when it was: customers who move between segments take revisions too. */
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
