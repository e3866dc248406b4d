import { z } from "zod";
import type { TreeNode } from "../rules/definition";
import type { JsonLogic } from "../rules/jsonlogic";
import { documentStandingSchema, treatmentValueSchema } from "../segments/document";

/** What the feed answers; /feed/v1/{environment}/openapi.json is generated from these. */
export const feedSegmentSchema = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  version: z.int(),
  /** SHA-256 of the version's document. */
  hash: z.string(),
  /** Since when it is served like this. */
  revision: z.int(),
  purposes: z.array(z.string()),
  regions: z.array(z.string()),
  treatments: z.record(z.string(), treatmentValueSchema),
  precedence: z.int(),
  exclusiveGroup: z.string().nullable(),
  /** Percent of customers to whom the rule is served; the rule holds the bucket itself. */
  rollout: z.number(),
  /** True after the kill switch: the rule takes nobody. */
  killed: z.boolean(),
  /**
   * Null for a segment that is active. A deprecated one still has members; an archived one is a tombstone: the rule takes
   * nobody and there are no treatments. `replacement` is named to keys that may see it.
   */
  standing: documentStandingSchema.nullable(),
});
/** What of a rule a format cannot say; `path` points into the tree. */
const cannotSaySchema = z.array(z.object({ path: z.string(), message: z.string() }));
export const feedDefinitionSchema = feedSegmentSchema.extend({
  /** The guarded rule: consent, region, lists, conditions and rollout as one tree. */
  rule: z.record(z.string(), z.unknown()),
  /** The same rule as JsonLogic; absent where JsonLogic cannot say it. */
  jsonLogic: z.record(z.string(), z.unknown()).optional(),
  /** Why `jsonLogic` is absent. */
  cannotSay: cannotSaySchema.optional(),
});
type Wire = z.infer<typeof feedDefinitionSchema>;
export type FeedDefinition = Omit<Wire, "rule" | "jsonLogic"> & {
  readonly rule: TreeNode;
  readonly jsonLogic?: JsonLogic;
};

/** Of every answer about an environment. */
export const place = { environment: z.string(), revision: z.int() };
/** How `/bundle` says the rules. */
export const bundleFormats = ["tree", "flagd", "cel"] as const;
export type BundleFormat = (typeof bundleFormats)[number];
export const bundleSchema = z.object({ ...place, segments: z.array(feedDefinitionSchema) });
export const celBundleSchema = z.object({
  ...place,
  segments: z.array(
    feedSegmentSchema.extend({
      /** True for members, over `id`, `region`, `consents`, `objections`, `attributes` and `asOf`. */
      expression: z.string().optional(),
      /** Why `expression` is absent. */
      cannotSay: cannotSaySchema.optional(),
    }),
  ),
});
/** A flag set of flagd: https://flagd.dev/schema/v0/flags.json. */
export const flagdBundleSchema = z.object({
  $schema: z.string(),
  /** By segment key; on for members. */
  flags: z.record(z.string(), z.record(z.string(), z.unknown())),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** By key the segments that are no flag, and why. */
  cannotSay: z.record(z.string(), cannotSaySchema),
});
export const feedSegmentListSchema = z.object({ ...place, segments: z.array(feedSegmentSchema) });
export const feedSegmentAnswerSchema = z.object({ ...place, segment: feedDefinitionSchema });
const referenceSchema = z.object({ key: z.string(), name: z.string(), version: z.int() });
export const feedCustomerSchema = z.object({
  ...place,
  customer: z.object({ id: z.string() }),
  asOf: z.iso.datetime(),
  segments: z.array(
    referenceSchema.extend({
      ...{ hash: z.string(), precedence: z.int() },
      standing: feedSegmentSchema.shape.standing,
    }),
  ),
  treatments: z.array(
    z.object({
      name: z.string(),
      value: treatmentValueSchema,
      from: referenceSchema,
      /** Segments that speak of the same treatment and lost by precedence. */
      over: z.array(referenceSchema),
    }),
  ),
});

export const feedMembersSchema = z.object({
  ...place,
  segment: z.string(),
  /** Ids in the order of their code points. */
  members: z.array(z.string()),
  /** The cursor of the next page; null where this is the last. */
  next: z.string().nullable(),
});

export const feedChangeSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("segment"),
    revision: z.int(),
    segment: z.string(),
    /** Withdrawn from this key's scope: it has no members for it any more. */
    change: z.enum(["released", "withdrawn"]),
    version: z.int(),
    hash: z.string(),
    /** True where it came into the scope: its members are to be taken whole. */
    whole: z.boolean(),
  }),
  z.object({
    kind: z.literal("member"),
    revision: z.int(),
    segment: z.string(),
    id: z.string(),
    change: z.enum(["entered", "left"]),
    cause: z.string(),
  }),
  /** Customers were erased: what the snapshots do not name is to be forgotten. */
  z.object({ kind: z.literal("erasure"), revision: z.int() }),
]);
export type FeedChange = z.infer<typeof feedChangeSchema>;
export const feedChangesSchema = z.object({
  ...place,
  changes: z.array(feedChangeSchema),
  /** To be asked with next: where `complete`, for what comes after `revision`. */
  next: z.string(),
  complete: z.boolean(),
});

/** RFC 9457, with a stable `code` and the number under which the log knows the request. */
export const feedProblemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  requestId: z.string(),
  /** Of a revision that is gone: where its scope's segments are, whose members are to be taken whole. */
  snapshot: z.string().optional(),
});
export type FeedProblem = z.infer<typeof feedProblemSchema>;
