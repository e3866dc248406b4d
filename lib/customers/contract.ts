import { z } from "zod";
import { customerIdentitySchema } from "./identity-contract";

/** One look at a customer: `GET /api/v1/customers/{id}?environment=`. Labelled values are null with `masked: true`. */
export const customerValueSchema = z.object({
  key: z.string(),
  name: z.string(),
  type: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable(),
  unit: z.string().nullable(),
  masked: z.boolean(),
  labels: z.array(z.string()),
});

/** A node of the reason, in the order of the rule. `actual` is the customer's value in words, masked where it must be. */
export type ReasonNode = {
  path: (string | number)[];
  text: string;
  holds: boolean;
  decisive: boolean;
  actual: string | null;
  /** What the node refers to, as it was when the segment was released; `children` then say how that came out. */
  refersTo: { kind: "segment" | "list"; key: string; version: number } | null;
  children: ReasonNode[];
};
export const reasonNodeSchema: z.ZodType<ReasonNode> = z.object({
  path: z.array(z.union([z.string(), z.int()])),
  text: z.string(),
  holds: z.boolean(),
  decisive: z.boolean(),
  actual: z.string().nullable(),
  refersTo: z.object({ kind: z.enum(["segment", "list"]), key: z.string(), version: z.int() }).nullable(),
  children: z.array(z.lazy(() => reasonNodeSchema)),
});

export const decidedBySchema = z.enum(["guard", "exclude", "include", "rule", "rollout"]);
export const membershipReasonSchema = z.object({
  member: z.boolean(),
  decidedBy: decidedBySchema,
  /** "by rule", "on the list: …", "consent for marketing is not granted". */
  summary: z.string(),
  guards: z.array(z.object({ text: z.string(), holds: z.boolean() })),
  rule: reasonNodeSchema,
});
export type MembershipReasonAnswer = z.infer<typeof membershipReasonSchema>;

const segmentReferenceSchema = z.object({ key: z.string(), name: z.string(), version: z.int() });

export const customerLookupSchema = z.object({
  asOf: z.iso.datetime(),
  environment: z.string(),
  revision: z.int(),
  customer: z.object({
    id: z.string(),
    region: z.object({ key: z.string(), name: z.string() }).nullable(),
    attributes: z.array(customerValueSchema),
    consents: z.array(
      z.object({ purpose: z.string(), name: z.string(), state: z.enum(["granted", "objected", "none"]) }),
    ),
    masked: z.boolean(),
  }),
  segments: z.array(
    segmentReferenceSchema.extend({
      /** When the log has the customer entering; null where it does not reach back so far. */
      since: z.iso.datetime().nullable(),
      reason: membershipReasonSchema,
      treatments: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  ),
  /** Segments that one condition or one guard keeps the customer out of. */
  nearMisses: z.array(
    segmentReferenceSchema.extend({
      /** "fails only: Plan is premium" or "rule holds; consent for marketing is not granted". */
      because: z.string(),
      actual: z.string().nullable(),
      reason: membershipReasonSchema,
    }),
  ),
  treatments: z.array(
    z.object({
      name: z.string(),
      value: z.union([z.string(), z.number(), z.boolean()]),
      from: segmentReferenceSchema,
      over: z.array(segmentReferenceSchema),
    }),
  ),
  /** Groups of which only one segment may claim a customer, and several do: the strongest first. */
  conflicts: z.array(z.object({ group: z.string(), segments: z.array(segmentReferenceSchema) })),
  /** Entries and exits, also those since then, the newest first. */
  history: z.array(
    z.object({
      segment: z.string(),
      name: z.string(),
      change: z.enum(["entered", "left"]),
      revision: z.int(),
      at: z.iso.datetime().nullable(),
      /** In words, as the end of "because …". */
      because: z.string(),
    }),
  ),
  /** What each holds: from before the customer last moved ("earlier"), from since ("current"), or "nothing". */
  consumers: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      pulledRevision: z.int().nullable(),
      pulledAt: z.iso.datetime().nullable(),
      /** What its slowest reader said that it serves; null where none says. */
      activatedRevision: z.int().nullable(),
      activatedAt: z.iso.datetime().nullable(),
      holds: z.enum(["current", "earlier", "nothing"]),
    }),
  ),
});
export type CustomerLookup = z.infer<typeof customerLookupSchema>;

/** `GET /api/v1/customers/{id}/activity`: what is known of a customer beside their values. */
export const customerActivitySchema = z.object({
  identities: z.array(customerIdentitySchema),
  /** The newest 50. */
  events: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      name: z.string(),
      at: z.iso.datetime(),
      /** Null for one that is personal and covered. */
      properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable()),
    }),
  ),
  /** Every statement with its proof, the newest first. */
  consents: z.array(
    z.object({
      purpose: z.string(),
      name: z.string(),
      state: z.enum(["granted", "withdrawn", "objected"]),
      at: z.iso.datetime(),
      source: z.string(),
      text: z.string().nullable(),
    }),
  ),
});
export type CustomerActivity = z.infer<typeof customerActivitySchema>;

/** `GET /api/v1/customers?query=`: ids that start with it. */
export const customerSearchSchema = z.object({ items: z.array(z.object({ id: z.string() })), population: z.int() });

export const importStates = ["running", "succeeded", "failed", "cancelled"] as const;
export const importSchema = z.object({
  id: z.string(),
  target: z.enum(["customers", "events"]),
  fileName: z.string(),
  format: z.string(),
  bytes: z.number(),
  state: z.enum(importStates),
  rows: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  updated: z.int(),
  error: z.string().nullable(),
  createdBy: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  /** Up to 20 of the rejects; all of them at `GET /api/v1/imports/{id}/rejects` as CSV. */
  rejects: z.array(z.object({ line: z.int(), code: z.string(), message: z.string() })),
});
export type Import = z.infer<typeof importSchema>;
export const startedImportSchema = z.object({ import: importSchema });
export const importListSchema = z.object({ items: z.array(importSchema), total: z.int() });

/** `POST /api/v1/imports/preview`, multipart with `file`: what the wizard shows before anything is stored. */
export const importPreviewSchema = z.object({
  format: z.string(),
  gzip: z.boolean(),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  columns: z.array(
    z.object({
      name: z.string(),
      /** What the values look like. */
      type: z.enum(["string", "number", "boolean", "timestamp", "string_set"]),
      /** How to read them, as a mapping's `format`; left out where the usual way will do. */
      format: z.string().optional(),
      filled: z.int(),
      distinct: z.int(),
      samples: z.array(z.string()),
      /** The catalogue's attribute of the same or a like name. */
      attribute: z.object({ key: z.string(), type: z.string() }).nullable(),
      suggestedKey: z.string(),
    }),
  ),
  /** The first rows as text, in the order of `columns`; null is blank. */
  rows: z.array(z.array(z.string().nullable())),
  sampledRows: z.int(),
  suggested: z.object({ id: z.string().nullable(), region: z.string().nullable(), consents: z.array(z.string()) }),
  warnings: z.array(z.string()),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;
