import { z } from "zod";
import { namedReferenceSchema, segmentSchema, segmentStates } from "../segments/contract";
import { versionSchema, versionSummarySchema } from "../versions/contract";
import { releaseSchema } from "./contract";
import { nestedChangeSchema } from "./history-contract";

/** Where a segment stands in an environment, as the state glyph shows it. */
export const standings = ["live", "canary", "killed", "never"] as const;

export const standingSchema = z.object({
  environment: z.string(),
  standing: z.enum(standings),
  /** What the document that is served says of the segment; an archived one has no members. */
  state: z.enum(segmentStates),
  version: z.int().nullable(),
  rolloutPercent: z.number().nullable(),
  revision: z.int().nullable(),
  since: z.iso.datetime().nullable(),
});
export type Standing = z.infer<typeof standingSchema>;

export const segmentListItemSchema = segmentSchema.extend({
  standings: z.array(standingSchema),
  /** The version that is a draft, under review, sent back or approved but not released yet. */
  open: z.object({ id: z.string(), number: z.int(), state: versionSummarySchema.shape.state }).nullable(),
  members: z.int().nullable(),
  /** The last 30 days' counts in production, oldest first; shorter for younger segments. */
  trend: z.array(z.int()),
  lastPulledAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime(),
});
export type SegmentListItem = z.infer<typeof segmentListItemSchema>;

export const segmentListSchema = z.object({
  items: z.array(segmentListItemSchema),
  total: z.int(),
  /** How many there are by list state, with the other filters as they are. */
  counts: z.record(z.string(), z.int()),
});
export type SegmentList = z.infer<typeof segmentListSchema>;

/** `GET /api/v1/segments/{key}`. `live` holds the current release by environment; a killed one is in it with its kind. */
export const segmentOverviewSchema = z.object({
  segment: segmentSchema,
  standings: z.array(standingSchema),
  live: z.record(z.string(), releaseSchema),
  draft: versionSchema.optional(),
  /** The document that the page shows: live in production, or else the newest. */
  shown: versionSchema,
  versions: z.array(versionSummarySchema),
  releases: z.array(releaseSchema),
  /** What happened in production to what its releases stood on, newest first. */
  nested: z.array(nestedChangeSchema),
  trend: z.array(z.object({ day: z.iso.date(), members: z.int() })),
  /** What the shown document's rule refers to, segments first. */
  references: z.array(namedReferenceSchema),
  /** Segments whose live rule, or newest one before a release, refers to this one. */
  referredToBy: z.array(z.object({ key: z.string(), name: z.string() })),
  consumers: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      environment: z.string(),
      lastPulledAt: z.iso.datetime().nullable(),
      lastPulledRevision: z.int().nullable(),
    }),
  ),
});
export type SegmentOverview = z.infer<typeof segmentOverviewSchema>;
