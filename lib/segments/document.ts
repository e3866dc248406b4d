import { z } from "zod";
import { keySchema, newKeySchema } from "../catalogue/definition";
import type { Rule } from "../rules/definition";

export const criticalities = ["strategic", "operational", "billing", "regulatory"] as const;
export type Criticality = (typeof criticalities)[number];

const instantSchema = z.iso.datetime({
  offset: false,
  message: "An instant is ISO 8601 in UTC, as 2026-12-31T23:59:59Z.",
});

/** Of each of the two lists by hand, and of test cases. */
export const mostListed = 10_000;
export const mostTests = 200;

export const listEntrySchema = z.strictObject({
  customerId: z.string().min(1).max(200),
  reason: z.string().max(500).default(""),
  expiresAt: instantSchema.optional(),
});
export type ListEntry = z.infer<typeof listEntrySchema>;

export const treatmentValueSchema = z.union([z.string().max(200), z.number(), z.boolean()]);
export type TreatmentValue = z.infer<typeof treatmentValueSchema>;

export const documentStandings = ["deprecated", "archived"] as const;

/**
 * What is told of a segment that is on its way out, or gone: `notice` says why and what to do instead, `removalAt` when
 * a deprecated one is meant to go, `replacement` is the key of the segment that takes its place.
 */
export const documentStandingSchema = z.strictObject({
  state: z.enum(documentStandings),
  notice: z.string().trim().min(1, "A notice says why, and what to do instead.").max(2_000),
  removalAt: instantSchema.optional(),
  replacement: keySchema.optional(),
});
export type DocumentStanding = z.infer<typeof documentStandingSchema>;

const attributeValueSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

export const testCaseSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  customer: z.strictObject({
    id: z.string().min(1).max(200),
    region: keySchema.optional(),
    consents: z.array(keySchema).max(64).default([]),
    objections: z.array(keySchema).max(64).default([]),
    /** Timestamps as milliseconds or ISO text. */
    attributes: z.record(keySchema, attributeValueSchema).default({}),
    /** Managed lists that the customer is on; none without it, whoever is on them in truth. */
    lists: z.array(keySchema).max(64).optional(),
  }),
  asOf: instantSchema,
  expect: z.enum(["member", "not_member"]),
});
export type TestCase = z.infer<typeof testCaseSchema>;

/**
 * Everything that changes what a segment means. A version is one of these made immutable, named by the SHA-256
 * of its canonical JSON. The rule is checked by lib/rules/check against the catalogue; here it is opaque.
 * A draft may lack what a submit demands (owner, purposes, regions): that is for findings, not for the shape.
 */
export const segmentDocumentSchema = z.strictObject({
  key: newKeySchema,
  name: z.string().trim().min(1, "A segment has a name.").max(120),
  description: z.string().max(2_000).default(""),
  documentation: z.string().max(20_000).default(""),
  tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  owner: z.strictObject({ team: keySchema, person: z.email().max(254) }).optional(),
  criticality: z.enum(criticalities).default("operational"),
  purposes: z.array(keySchema).max(64).default([]),
  regions: z.array(keySchema).max(64).default([]),
  definition: z.strictObject({
    rule: z.custom<Rule>((value) => typeof value === "object" && value !== null, "A rule is an object."),
    include: z.array(listEntrySchema).max(mostListed).default([]),
    exclude: z.array(listEntrySchema).max(mostListed).default([]),
  }),
  precedence: z.int().min(-1_000_000).max(1_000_000).default(0),
  exclusiveGroup: keySchema.optional(),
  treatments: z.record(keySchema, treatmentValueSchema).default({}),
  objectives: z
    .strictObject({
      availability: z.number().gt(0).lt(1),
      latency: z.strictObject({ thresholdMs: z.number().positive(), ratio: z.number().gt(0).lt(1) }),
    })
    .optional(),
  lifecycle: z
    .strictObject({ reviewEveryDays: z.int().min(1).max(1_825), expiresAt: instantSchema.optional() })
    .default({ reviewEveryDays: 180 }),
  tests: z.array(testCaseSchema).max(mostTests).default([]),
  /** Absent while the segment is active. An archived one takes nobody. */
  standing: documentStandingSchema.optional(),
});
export type SegmentDocument = z.infer<typeof segmentDocumentSchema>;

export function isArchived({ standing }: Pick<SegmentDocument, "standing">): boolean {
  return standing?.state === "archived";
}
