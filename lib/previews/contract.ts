import { z } from "zod";
import { findingSchema } from "../findings";

export const previewRequestSchema = z.strictObject({
  document: z.unknown(),
  environment: z.string().default("production"),
  asOf: z.iso.datetime().optional(),
});

export const funnelStepSchema = z.object({
  path: z.array(z.union([z.string(), z.int()])),
  text: z.string(),
  alone: z.int(),
  cumulative: z.int(),
  missing: z.int(),
});

/** All numbers are customers. For people who may not look customers up they are rounded down to the minimum cell. */
export const previewSchema = z.object({
  asOf: z.iso.datetime(),
  /** When customer data last changed. */
  dataOf: z.iso.datetime().nullable(),
  population: z.int(),
  matched: z.int(),
  included: z.int(),
  excluded: z.int(),
  denied: z.object({ consent: z.int(), region: z.int() }),
  members: z.int(),
  byRegion: z.array(z.object({ region: z.string(), members: z.int() })),
  /** Every node of the rule in document order; a root group's children have paths of length 2. */
  funnel: z.array(funnelStepSchema),
  /** Against the version that is live in the environment; absent when there is none. */
  impact: z
    .object({
      entering: z.int(),
      leaving: z.int(),
      staying: z.int(),
      live: z.object({ version: z.int(), members: z.int() }),
    })
    .optional(),
  findings: z.array(findingSchema),
  tests: z.array(z.object({ name: z.string(), expect: z.enum(["member", "not_member"]), passes: z.boolean() })),
  countedInMs: z.number(),
});
export type Preview = z.infer<typeof previewSchema>;
