import { z } from "zod";

export const requestKinds = ["access", "erasure"] as const;
export const requestStates = ["open", "done", "refused"] as const;

/** What was found of a customer, place by place, and what a search found when it was gone. */
export const erasureProofSchema = z.object({
  found: z.record(z.string(), z.int()),
  left: z.record(z.string(), z.int()).optional(),
  searchedAt: z.iso.datetime().optional(),
});
export type ErasureProof = z.infer<typeof erasureProofSchema>;

export const dataRequestSchema = z.object({
  id: z.string(),
  number: z.int(),
  kind: z.enum(requestKinds),
  state: z.enum(requestStates),
  /** Null as soon as an erasure is done. */
  customer: z.string().nullable(),
  /** The keyed hash under which the customer stands in the audit. */
  customerHash: z.string(),
  note: z.string(),
  receivedAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  overdue: z.boolean(),
  createdBy: z.string(),
  settledBy: z.string().nullable(),
  settledAt: z.iso.datetime().nullable(),
  proof: erasureProofSchema.nullable(),
});
export type DataRequestItem = z.infer<typeof dataRequestSchema>;
export const requestListSchema = z.object({ items: z.array(dataRequestSchema), total: z.int() });
export const requestedSchema = z.object({ request: dataRequestSchema });
export const erasureSchema = z.object({ erasure: dataRequestSchema });

const noteSchema = z.string().trim().max(2_000).default("");

export const openRequestSchema = z.object({
  kind: z.enum(requestKinds),
  customer: z.string().min(1),
  /** When the person asked; now, unless said. */
  receivedAt: z.iso.datetime().optional(),
  note: noteSchema,
});
export const settleRequestSchema = z.object({ state: z.enum(["done", "refused"]), note: noteSchema });

const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  at: z.iso.datetime(),
  properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

/** Everything that is kept of a person, each part with where it comes from. */
export const accessDocumentSchema = z.object({
  request: z.int(),
  customer: z.string(),
  writtenAt: z.iso.datetime(),
  profile: z.object({
    source: z.string(),
    region: z.string().nullable(),
    attributes: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        source: z.string(),
        value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
      }),
    ),
  }),
  identities: z.object({ source: z.string(), items: z.array(z.object({ namespace: z.string(), value: z.string() })) }),
  consents: z.object({
    source: z.string(),
    items: z.array(
      z.object({
        purpose: z.string(),
        state: z.string(),
        at: z.iso.datetime(),
        source: z.string(),
        text: z.string().nullable(),
      }),
    ),
  }),
  events: z.object({ source: z.string(), items: z.array(eventSchema) }),
  memberships: z.object({
    source: z.string(),
    items: z.array(
      z.object({
        environment: z.string(),
        segment: z.string(),
        change: z.string(),
        cause: z.string(),
        at: z.iso.datetime().nullable(),
      }),
    ),
  }),
  lists: z.object({ source: z.string(), items: z.array(z.object({ list: z.string(), version: z.int() })) }),
  merges: z.object({
    source: z.string(),
    items: z.array(z.object({ from: z.string(), into: z.string(), at: z.iso.datetime() })),
  }),
  scoreOverrides: z.object({
    source: z.string(),
    items: z.array(z.object({ attribute: z.string(), value: z.unknown(), reason: z.string(), at: z.iso.datetime() })),
  }),
  looks: z.object({
    source: z.string(),
    items: z.array(z.object({ at: z.iso.datetime(), action: z.string(), by: z.string() })),
  }),
  requests: z.object({
    source: z.string(),
    items: z.array(z.object({ number: z.int(), kind: z.string(), state: z.string(), receivedAt: z.iso.datetime() })),
  }),
});
export type AccessDocument = z.infer<typeof accessDocumentSchema>;
