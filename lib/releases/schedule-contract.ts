import { z } from "zod";
import { personSummarySchema } from "../access/contract";

export const scheduleStates = ["pending", "fired", "refused", "cancelled"] as const;

export const scheduleSchema = z.object({
  id: z.string(),
  environment: z.string(),
  segment: z.object({ key: z.string(), name: z.string() }),
  version: z.object({ id: z.string(), number: z.int(), contentHash: z.string() }),
  rolloutPercent: z.number(),
  at: z.iso.datetime(),
  state: z.enum(scheduleStates),
  /** Why it was refused or cancelled, in words. */
  outcome: z.string(),
  releaseId: z.string().nullable(),
  createdBy: personSummarySchema,
  createdAt: z.iso.datetime(),
  settledAt: z.iso.datetime().nullable(),
  /** Of a pending one: why the environment is frozen at that instant, and what would refuse the release now. */
  frozen: z.string().nullable(),
  wouldRefuse: z.array(z.string()),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** `GET /api/v1/schedules`: pending ones by their instant, then those that are settled, the latest first. */
export const scheduleQuerySchema = z.object({ environment: z.string().optional(), segment: z.string().optional() });
export const scheduleListSchema = z.object({ items: z.array(scheduleSchema) });

/** What a release with `at` is answered with, and the cancelling of one. */
export const scheduledSchema = z.object({ schedule: scheduleSchema });
