import { z } from "zod";
import { keySchema } from "../catalogue/definition";

export const grantWaiverSchema = z.strictObject({
  segment: keySchema,
  findingCode: z.string().min(1).max(200),
  /** As in the finding. */
  path: z.string().max(500).default(""),
  reason: z.string().trim().min(1, "Say why: it stands beside the finding.").max(500),
  /** At most a year ahead. */
  until: z.iso.datetime(),
});
export type GrantWaiverInput = z.output<typeof grantWaiverSchema>;

export const waiverQuerySchema = z.object({ segment: keySchema });

export const waiverSchema = z.object({
  id: z.string(),
  segment: z.string(),
  findingCode: z.string(),
  path: z.string(),
  reason: z.string(),
  until: z.iso.datetime(),
  grantedBy: z.string(),
  grantedAt: z.iso.datetime(),
  /** Null while nobody has ended it. */
  ended: z.object({ by: z.string(), at: z.iso.datetime() }).nullable(),
});
export type WaiverItem = z.output<typeof waiverSchema>;
export const waiverAnswerSchema = z.object({ waiver: waiverSchema });
export const waiverListSchema = z.object({ items: z.array(waiverSchema) });
