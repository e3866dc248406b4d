import { z } from "zod";
import { personSummarySchema } from "../access/contract";

const longestMs = 365 * 86_400_000;

/** While it lasts, nothing is released to the environment; rollback, kill switch and break-glass remain. */
export const beginFreezeSchema = z
  .strictObject({
    from: z.iso.datetime({ offset: true }),
    until: z.iso.datetime({ offset: true }),
    reason: z.string().trim().min(1).max(500),
  })
  .refine(({ from, until }) => Date.parse(until) > Date.parse(from), { path: ["until"], message: "After it begins." })
  .refine(({ from, until }) => Date.parse(until) - Date.parse(from) <= longestMs, {
    path: ["until"],
    message: "At most a year.",
  });

export const freezeSchema = z.object({
  id: z.string(),
  environment: z.string(),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  reason: z.string(),
  createdBy: personSummarySchema,
  createdAt: z.iso.datetime(),
  /** Set when it was ended before its time. */
  endedAt: z.iso.datetime().nullable(),
});
export type Freeze = z.infer<typeof freezeSchema>;
export const freezeListSchema = z.object({ items: z.array(freezeSchema) });
export const begunFreezeSchema = z.object({ freeze: freezeSchema });
