import { z } from "zod";
import { keySchema } from "../catalogue/definition";
import { findingSchema } from "../findings";
import { impactCauses } from "../guards/impact-steps";

export const previewRequestSchema = z.strictObject({
  document: z.unknown(),
  environment: z.string().default("production"),
  asOf: z.iso.datetime().optional(),
  /** An attribute to split the members by. */
  by: keySchema.optional(),
});

export const attributeGroupSchema = z.union([
  z.object({ value: z.string(), members: z.int() }),
  /** A range of numbers, or of instants in milliseconds: `from <= x < to`, the last one closed. */
  z.object({ from: z.number(), to: z.number(), members: z.int() }),
]);

/** One customer who would enter or leave, told only to people who may look customers up. */
export const impactSampleSchema = z.object({
  customer: z.string(),
  cause: z.enum(impactCauses),
  region: z.string().nullable(),
  /** The customer's values of the attributes that the rule names, in words; a personal one has no text for who may not see it. */
  values: z.array(z.object({ attribute: z.string(), name: z.string(), text: z.string().nullable() })),
});

export const movedMoneySchema = z.object({
  attribute: z.string(),
  name: z.string(),
  unit: z.string().nullable(),
  entering: z.number().nullable(),
  leaving: z.number().nullable(),
  /** Kept in evidence and told to nobody: the greatest value of one customer, by which it is decided who is told what. */
  greatest: z.object({ entering: z.number(), leaving: z.number() }).optional(),
});

export const overlapItemSchema = z.object({
  key: z.string(),
  name: z.string(),
  version: z.int(),
  members: z.int(),
  both: z.int(),
  /** 0 … 1: both of either; null where numbers are too small to tell. */
  jaccard: z.number().nullable(),
  /** Of the other segment: who shares members with one of its own group is in conflict with it. */
  exclusiveGroup: z.string().optional(),
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
  /** The same guard by guard: whom each keeps out although rule and lists would take them. */
  lost: z
    .array(
      z.object({
        guard: z.enum(["consent", "objection", "region"]),
        purpose: z.string().optional(),
        customers: z.int(),
      }),
    )
    .default([]),
  members: z.int(),
  byRegion: z.array(z.object({ region: z.string(), members: z.int() })),
  /** Members by the attribute that was asked for. */
  byAttribute: z
    .object({ attribute: z.string(), groups: z.array(attributeGroupSchema), other: z.int(), missing: z.int() })
    .optional(),
  /** Every node of the rule in document order; a root group's children have paths of length 2. */
  funnel: z.array(funnelStepSchema),
  /** Against the version that is live in the environment; absent when there is none. */
  impact: z
    .object({
      entering: z.int(),
      leaving: z.int(),
      staying: z.int(),
      live: z.object({ version: z.int(), members: z.int() }),
      /** Numeric attributes over who enters and who leaves; null where it would tell about few. */
      money: z.array(movedMoneySchema).optional(),
      byCause: z.array(z.object({ cause: z.enum(impactCauses), entering: z.int(), leaving: z.int() })).default([]),
      /** At most 20 of each, by id; none in evidence. */
      samples: z
        .object({ entering: z.array(impactSampleSchema), leaving: z.array(impactSampleSchema) })
        .default({ entering: [], leaving: [] }),
    })
    .optional(),
  /** With other segments that are live in the environment, the largest overlap first; `compared` of `live` were looked at. */
  overlaps: z.object({ live: z.int(), compared: z.int(), items: z.array(overlapItemSchema) }).optional(),
  findings: z.array(findingSchema),
  tests: z.array(z.object({ name: z.string(), expect: z.enum(["member", "not_member"]), passes: z.boolean() })),
  countedInMs: z.number(),
});
export type Preview = z.infer<typeof previewSchema>;
