import { z } from "zod";

const servedSchema = z.object({
  versionId: z.string(),
  number: z.int(),
  rolloutPercent: z.number(),
  since: z.iso.datetime(),
});

/** `GET /api/v1/promotions`: what one environment serves and another does not. */
export const promotionQuerySchema = z.object({
  from: z.string().default("staging"),
  to: z.string().default("production"),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export const promotionsPageSize = 25;

export const promotionSchema = z.object({
  segment: z.object({ key: z.string(), name: z.string() }),
  from: servedSchema,
  /** Null where the other one never served it; `killed` after the kill switch. */
  to: servedSchema.extend({ killed: z.boolean() }).nullable(),
  /** What stands in the way of a release to the other one, in words. */
  refusals: z.array(z.string()),
});
export type Promotion = z.infer<typeof promotionSchema>;
export const promotionListSchema = z.object({ items: z.array(promotionSchema), total: z.int() });
