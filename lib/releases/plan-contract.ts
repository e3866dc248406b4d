import { z } from "zod";
import { personSummarySchema } from "../access/contract";
import { rolloutStepSchema } from "./rollout-plan";

export const planStates = ["running", "held", "done", "cancelled"] as const;

export const planSchema = z.object({
  id: z.string(),
  environment: z.string(),
  segment: z.object({ key: z.string(), name: z.string() }),
  version: z.object({ id: z.string(), number: z.int(), contentHash: z.string() }),
  /** `takenAt`, `revision` of those that were taken. */
  steps: z.array(rolloutStepSchema.extend({ takenAt: z.iso.datetime().nullable(), revision: z.int().nullable() })),
  taken: z.int(),
  state: z.enum(planStates),
  /** Why it is held, or was ended before its last step, in words. */
  heldBecause: z.string(),
  nextAt: z.iso.datetime().nullable(),
  createdBy: personSummarySchema,
  createdAt: z.iso.datetime(),
  settledAt: z.iso.datetime().nullable(),
});
export type Plan = z.infer<typeof planSchema>;

/** `GET /api/v1/plans`: those that go on first. */
export const planQuerySchema = z.object({ environment: z.string().optional(), segment: z.string().optional() });
export const planListSchema = z.object({ items: z.array(planSchema) });
export const holdPlanSchema = z.strictObject({ reason: z.string().trim().min(1).max(2_000) });
/** With a reason, warnings that are new since the plan began are let pass. */
export const resumePlanSchema = z.strictObject({ reason: z.string().trim().min(1).max(2_000).optional() });
export const changedPlanSchema = z.object({ plan: planSchema });
