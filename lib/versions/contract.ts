import { z } from "zod";
import { personSummarySchema } from "../access/contract";
import { approvingRoles } from "../access/permissions";
import { findingSchema } from "../findings";
import { previewSchema } from "../previews/contract";
import { namedReferenceSchema, segmentSchema } from "../segments/contract";
import { segmentDocumentSchema } from "../segments/document";
import { reviewBasisSchema } from "./review-basis";
import { versionStates } from "./state";

export const verdictKinds = ["approve", "request_changes", "reject"] as const;

/** Frozen at submit. `preview` is what the author saw; `takenAt` the instant, `base` the live hash it compares with. */
export const evidenceSchema = z.object({
  takenAt: z.iso.datetime(),
  base: z.object({ version: z.int(), contentHash: z.string() }).nullable(),
  preview: previewSchema,
  /** What the content refers to, as it was then. */
  basis: reviewBasisSchema.optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const versionSummarySchema = z.object({
  id: z.string(),
  number: z.int(),
  state: z.enum(versionStates),
  reviewCycle: z.int(),
  contentHash: z.string(),
  author: personSummarySchema,
  note: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  submittedAt: z.iso.datetime().nullable(),
});
export type VersionSummary = z.infer<typeof versionSummarySchema>;

export const versionSchema = versionSummarySchema.extend({
  segmentKey: z.string(),
  draftRevision: z.int(),
  document: segmentDocumentSchema,
  base: z.object({ id: z.string(), number: z.int() }).nullable(),
  contributors: z.array(personSummarySchema),
});
export type Version = z.infer<typeof versionSchema>;

/** `POST /api/v1/segments` and `POST /api/v1/segments/{key}/draft`. */
export const createdSegmentSchema = z.object({ segment: segmentSchema, version: versionSchema });
export const openedDraftSchema = z.object({ version: versionSchema });

/** What a person said of a content in a round of review. */
export const givenVerdictSchema = z.object({
  id: z.string(),
  person: personSummarySchema,
  verdict: z.enum(verdictKinds),
  comment: z.string(),
  contentHash: z.string(),
  reviewCycle: z.int(),
  createdAt: z.iso.datetime(),
});
export const verdictSchema = givenVerdictSchema.extend({
  /** Whether it counts now, and if not, why: "an earlier content", "a contributor", "lost the role", … */
  counts: z.boolean(),
  whyNot: z.string().nullable(),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const approvalsSchema = z.object({
  required: z.array(
    z.object({
      role: z.enum(approvingRoles),
      count: z.int(),
      given: z.int(),
      /** Only people of the team that owns the segment. */
      ownerTeam: z.boolean(),
      /** The names of the policies that ask for it. */
      because: z.array(z.string()),
    }),
  ),
  complete: z.boolean(),
  /** Names what an approval given now stands on besides the content: send it with a verdict. */
  basis: z.string(),
  verdicts: z.array(verdictSchema),
  /** People who cannot be counted and why, in words. */
  notCounted: z.array(z.object({ person: personSummarySchema, because: z.string() })),
});
export type Approvals = z.infer<typeof approvalsSchema>;

/** `POST /api/v1/segments/{key}/draft`: `from` is the number of a withdrawn or rejected version to open again. */
export const openDraftSchema = z.strictObject({ from: z.int32().optional() });

/** `PUT /api/v1/segments/{key}/draft`; `basedOn` is the draftRevision that the editor loaded. */
export const saveDraftSchema = z.strictObject({ document: z.unknown(), basedOn: z.int() });
export const savedDraftSchema = z.object({ version: versionSchema, findings: z.array(findingSchema) });
/** `detail` of the 409 that a stale save gets. */
export const staleDraftSchema = z.object({ yours: z.unknown(), theirs: versionSchema });

export const submitSchema = z.strictObject({ note: z.string().max(2_000).optional() });
export const submittedSchema = z.object({
  version: versionSchema,
  evidence: evidenceSchema,
  requiredApprovals: approvalsSchema,
});
export const withdrawnSchema = z.object({ version: versionSchema });

export const recordVerdictSchema = z.strictObject({
  verdict: z.enum(verdictKinds),
  comment: z.string().max(5_000).optional(),
  /** The hash of the content that the reviewer saw. */
  contentHash: z.string(),
  /** `approvals.basis` as the reviewer saw it; without it, as it was when the evidence was taken. */
  basis: z.string().optional(),
});
export const recordedVerdictSchema = z.object({ version: versionSchema, approvals: approvalsSchema });

/** What the person who asks may do with the version now; `why` in words where not. */
export const possibleSchema = z.object({ allowed: z.boolean(), why: z.string().nullable() });
/** `GET /api/v1/versions/{id}`: the review screen in one answer. */
export const reviewSchema = z.object({
  version: versionSchema,
  segment: z.object({ key: z.string(), name: z.string() }),
  /** What it is compared with: the version live in production, or null for a first version. */
  live: versionSchema.nullable(),
  /** What the rules of both refer to; `pinned` is what `live` stands on. */
  references: z.array(namedReferenceSchema),
  evidence: evidenceSchema.nullable(),
  /** The same preview counted now; null when the version is no longer under review. */
  now: previewSchema.nullable(),
  approvals: approvalsSchema,
  /** What has changed in what the content stands on since the evidence was taken, in words. */
  drift: z.array(z.string()),
  possible: z.object({
    edit: possibleSchema,
    submit: possibleSchema,
    withdraw: possibleSchema,
    verdict: possibleSchema,
    /** To any environment; `releaseTo` says to which. */
    release: possibleSchema,
  }),
  releaseTo: z.array(possibleSchema.extend({ environment: z.string(), name: z.string() })),
});
export type Review = z.infer<typeof reviewSchema>;

/** `GET /api/v1/reviews?waiting=me|all`. */
export const reviewQueueQuerySchema = z.object({ waiting: z.enum(["me", "all"]).default("all") });
export const reviewItemSchema = z.object({
  version: versionSummarySchema,
  segment: z.object({ key: z.string(), name: z.string() }),
  entering: z.int().nullable(),
  leaving: z.int().nullable(),
  approvals: z.object({ given: z.int(), required: z.int() }),
  /** Whether the one who asks can give the next verdict. */
  waitsForMe: z.boolean(),
});
export type ReviewItem = z.infer<typeof reviewItemSchema>;
export const reviewQueueSchema = z.object({ items: z.array(reviewItemSchema), total: z.int() });

/** `GET /api/v1/drafts`: what the one who asks has begun and not submitted, with what still stands against it. */
export const draftItemSchema = z.object({
  version: versionSummarySchema,
  segment: z.object({ key: z.string(), name: z.string() }),
  blocking: z.int(),
  warnings: z.int(),
});
export type DraftItem = z.infer<typeof draftItemSchema>;
export const draftListSchema = z.object({ items: z.array(draftItemSchema), total: z.int() });
