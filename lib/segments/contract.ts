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

/** A segment or managed list that a rule refers to. Versions are null where there is none to refer to. */
export const namedReferenceSchema = z.object({
  kind: z.enum(["segment", "list"]),
  key: z.string(),
  name: z.string(),
  /** What a release of now would stand on. */
  newest: z.int().nullable(),
  /** What the live version stands on since its release; null when it does not refer to it. */
  pinned: z.int().nullable(),
});
export type NamedReference = z.infer<typeof namedReferenceSchema>;

export const createSegmentSchema = z.strictObject({ document: z.unknown() });
