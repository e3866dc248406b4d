import { z } from "zod";
import { personSummarySchema } from "../access/contract";

export const breakGlassOutcomes = ["justified", "not_justified"] as const;

/** What follows a release without its approvals: open until somebody else has looked at it. */
export const breakGlassReviewSchema = z.object({
  dueAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  closedBy: personSummarySchema.nullable(),
  outcome: z.enum(breakGlassOutcomes).nullable(),
  comment: z.string(),
});
export type BreakGlassReview = z.infer<typeof breakGlassReviewSchema>;

const words = z.string().trim().min(1).max(2_000);
export const breakGlassSchema = z.strictObject({ environment: z.string(), reason: words });
export const closeBreakGlassSchema = z.strictObject({ outcome: z.enum(breakGlassOutcomes), comment: words });

/** `GET /api/v1/break-glass-reviews`: the open ones, the most urgent first. */
export const openBreakGlassSchema = z.object({
  releaseId: z.string(),
  environment: z.string(),
  segment: z.object({ key: z.string(), name: z.string() }),
  version: z.object({ id: z.string(), number: z.int() }),
  reason: z.string(),
  by: personSummarySchema,
  at: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  /** Whether whoever asks may close it, and if not, why. */
  possible: z.object({ allowed: z.boolean(), why: z.string().nullable() }),
});
export type OpenBreakGlass = z.infer<typeof openBreakGlassSchema>;
export const openBreakGlassListSchema = z.object({ items: z.array(openBreakGlassSchema) });
