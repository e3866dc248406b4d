import { z } from "zod";
import { personSummarySchema } from "../access/contract";
import { namedReferenceSchema } from "../segments/contract";
import { segmentDocumentSchema } from "../segments/document";
import { versionSummarySchema } from "../versions/contract";
import { comparedRefPattern } from "./compared-ref";
import { releaseKinds, releaseSchema } from "./contract";

/** A version with what was decided of it and what was done with it. */
export const versionLineItemSchema = versionSummarySchema.extend({
  base: z.object({ id: z.string(), number: z.int() }).nullable(),
  contributors: z.array(personSummarySchema),
  /** Of its content as it stands, in the last round of its review; oldest first. */
  approvals: z.array(z.object({ person: personSummarySchema, comment: z.string(), createdAt: z.iso.datetime() })),
  /** Newest first. */
  releases: z.array(releaseSchema),
});
export type VersionLineItem = z.infer<typeof versionLineItemSchema>;

/** `GET /api/v1/segments/{key}/versions`, newest first. */
export const versionLineSchema = z.object({ items: z.array(versionLineItemSchema) });

/**
 * `GET /api/v1/segments/{key}/blame`: since which version each node of the live rule, and each field, is what it is.
 * `version` is the live one, null before a release.
 */
export const blameSchema = z.object({
  version: z.int().nullable(),
  /** A place in the rule, as "all[1].any[0]", "" for the whole; and a version's number. */
  nodes: z.array(z.object({ path: z.string(), since: z.int() })),
  fields: z.array(z.object({ field: z.string(), since: z.int() })),
  /** Those that are named. */
  versions: z.array(versionLineItemSchema),
});
export type Blame = z.infer<typeof blameSchema>;

const refSchema = z.string().regex(comparedRefPattern, "A version as v7, or a revision as r12 or staging:r12.");

/** `GET /api/v1/segments/{key}/comparison`. */
export const comparisonQuerySchema = z.object({ from: refSchema, to: refSchema });

export const comparedSideSchema = z.object({
  ref: z.string(),
  version: versionLineItemSchema,
  document: segmentDocumentSchema,
  /** The release that a revision names, or the last one of a version in production. */
  release: releaseSchema.nullable(),
  /** What its references stood for in that release; null where it was never released. */
  stoodOn: z.array(z.object({ kind: z.enum(["segment", "list"]), key: z.string(), version: z.int() })).nullable(),
  /** The version was edited after that release: what is not served is told as the version has it now. */
  editedSince: z.boolean(),
});
export type ComparedSide = z.infer<typeof comparedSideSchema>;

export const comparisonSchema = z.object({
  segment: z.object({ key: z.string(), name: z.string() }),
  from: comparedSideSchema,
  to: comparedSideSchema,
  references: z.array(namedReferenceSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** What happened to something that the segment refers to while it stood on an older version of it. */
export const nestedChangeSchema = z.object({
  kind: z.enum(["segment", "list"]),
  key: z.string(),
  name: z.string(),
  what: z.enum([...releaseKinds, "upload"]),
  version: z.int(),
  standsOn: z.int(),
  actor: personSummarySchema,
  at: z.iso.datetime(),
});
export type NestedChange = z.infer<typeof nestedChangeSchema>;
