import { z } from "zod";
import { criticalities } from "./document";

/** What "state" means in a list: where the segment stands, seen from production and from review. */
export const listStates = [
  "live",
  "in_review",
  "draft",
  "killed",
  "never",
  "review_due",
  "deprecated",
  "archived",
] as const;
export const segmentSorts = ["name", "members", "updated", "reviewDue", "lastPulled"] as const;

const many = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : value.split(",")).filter((each) => each !== ""))
  .optional();

/** The query of `GET /api/v1/segments`, also kept in the address of the segments page. `sort` takes "-members" too. */
export const segmentListQuerySchema = z.object({
  query: z.string().max(200).optional(),
  state: z.enum(listStates).optional(),
  mine: z.stringbool().optional(),
  owner: many,
  purpose: many,
  region: many,
  criticality: z.enum(criticalities).optional(),
  tag: many,
  attribute: z.string().optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
  sort: z
    .string()
    .regex(
      new RegExp(`^-?(${segmentSorts.join("|")})$`),
      `sort is one of ${segmentSorts.join(", ")}, with - in front for descending.`,
    )
    .default("name"),
});
export type SegmentListQuery = z.infer<typeof segmentListQuerySchema>;
