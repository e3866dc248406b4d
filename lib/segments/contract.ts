import { z } from "zod";
import { criticalities } from "./document";

export const segmentStates = ["active", "deprecated", "archived"] as const;

export const segmentSchema = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  description: z.string(),
  state: z.enum(segmentStates),
  ownerTeam: z.string().nullable(),
  ownerPerson: z.string().nullable(),
  criticality: z.enum(criticalities),
  tags: z.array(z.string()),
  purposes: z.array(z.string()),
  regions: z.array(z.string()),
  reviewDueAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type Segment = z.infer<typeof segmentSchema>;

export const createSegmentSchema = z.strictObject({ document: z.unknown() });
