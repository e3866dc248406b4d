import { z } from "zod";
import { keySchema } from "../catalogue/definition";
import { treatmentValueSchema } from "../segments/document";

/** More would be read by nobody, and their intersections double with each. */
export const mostOverlapping = 20;

/** `POST /api/v1/overlaps`: segments that are live in the environment. */
export const overlapRequestSchema = z.strictObject({
  segments: z
    .array(keySchema)
    .min(1, "Name at least one segment.")
    .max(mostOverlapping, `At most ${mostOverlapping} segments are compared at once.`),
  environment: z.string().default("production"),
  asOf: z.iso.datetime().optional(),
});

/** Which of two segments wins for those who are in both; with equal precedence it is the smaller key, a tie. */
const outcome = { segments: z.tuple([z.string(), z.string()]), winner: z.string(), tie: z.boolean() };

/** `customers` are members of both, the first of `segments` being the winner. */
export const overlapConflictSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("exclusive_group"), group: z.string(), ...outcome, customers: z.int() }),
  z.object({
    kind: z.literal("treatment"),
    treatment: z.string(),
    /** What each of `segments` says. */
    values: z.tuple([treatmentValueSchema, treatmentValueSchema]),
    ...outcome,
    customers: z.int(),
  }),
]);
export type OverlapConflict = z.infer<typeof overlapConflictSchema>;

/** All numbers are customers. For people who may not look customers up they are rounded down to the minimum cell. */
export const overlapSchema = z.object({
  asOf: z.iso.datetime(),
  environment: z.string(),
  population: z.int(),
  /** As they were asked for, each once. */
  sets: z.array(z.object({ key: z.string(), name: z.string(), version: z.int(), size: z.int() })),
  /** Every pair, by keys. `jaccard` is both of either, 0 … 1; null where there is nobody to tell of in either. */
  pairs: z.array(z.object({ a: z.string(), b: z.string(), both: z.int(), jaccard: z.number().nullable() })),
  /** Customers by exactly which segments they are in; the largest first, 1,000 at most. */
  intersections: z.array(z.object({ segments: z.array(z.string()), size: z.int() })),
  /** What two segments cannot both be to those who are in both; the most customers first. */
  conflicts: z.array(overlapConflictSchema),
});
export type OverlapAnswer = z.infer<typeof overlapSchema>;
