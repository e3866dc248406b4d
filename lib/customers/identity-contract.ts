import { z } from "zod";
import { keySchema } from "../catalogue/definition";

export const namespaceSchema = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  /** Whether values are kept as keyed hashes only. */
  hashed: z.boolean(),
});
export type Namespace = z.infer<typeof namespaceSchema>;
export const namespaceListSchema = z.object({ items: z.array(namespaceSchema), total: z.int() });

export const createNamespaceSchema = z.object({
  key: keySchema,
  name: z.string().trim().min(1).max(120),
  description: z.string().max(2_000).default(""),
  hashed: z.boolean().default(false),
});
export const createdNamespaceSchema = z.object({ namespace: namespaceSchema });

const whySchema = z.string().trim().min(3, "A reason has at least 3 characters.").max(2_000);

/** What is to be linked or unlinked: `value` as it is known elsewhere, or as it is kept here. */
export const changeIdentitySchema = z.object({
  namespace: keySchema,
  value: z.string().min(1).max(1_000),
  reason: whySchema,
});

export const customerIdentitySchema = z.object({
  namespace: z.string(),
  name: z.string(),
  /** As it is kept: of a hashed namespace the hash; a sign for it where it is covered. */
  value: z.string(),
  hashed: z.boolean(),
  covered: z.boolean(),
});
export type CustomerIdentity = z.infer<typeof customerIdentitySchema>;
export const identityListSchema = z.object({ customer: z.string(), items: z.array(customerIdentitySchema) });

const memberOfSchema = z.object({ key: z.string(), name: z.string(), version: z.int() });

/** `POST /api/v1/customers/{id}/merge/preview`: what merging the customer into another would do. */
export const mergePreviewSchema = z.object({
  from: z.string(),
  into: z.string(),
  environment: z.string(),
  /** Whom the merged customer would be for segments: in both now or in one, and then. */
  stays: z.array(memberOfSchema),
  /** In segments in which `into` is not now, or no longer in those in which it is. */
  enters: z.array(memberOfSchema.extend({ because: z.string() })),
  leaves: z.array(memberOfSchema.extend({ because: z.string() })),
  /** In which only `from` is now, and nobody will be. */
  lost: z.array(memberOfSchema.extend({ because: z.string() })),
  /** Purposes that `into` has granted and the merged customer would not have. */
  withdrawn: z.array(z.string()),
  /** Attributes that `into` lacks and would get. */
  gained: z.array(z.string()),
  identities: z.int(),
});

export type MergePreview = z.infer<typeof mergePreviewSchema>;

export const mergeInputSchema = z.object({
  into: z.string().min(1),
  reason: whySchema,
});
export const mergePreviewInputSchema = z.object({
  into: z.string().min(1),
  environment: keySchema.default("production"),
});

export const mergeSchema = z.object({
  id: z.string(),
  from: z.string(),
  into: z.string(),
  reason: z.string(),
  mergedBy: z.string(),
  mergedAt: z.iso.datetime(),
  undoneAt: z.iso.datetime().nullable(),
});
export type Merge = z.infer<typeof mergeSchema>;
export const mergedSchema = z.object({ merge: mergeSchema });
export const mergeListSchema = z.object({ items: z.array(mergeSchema) });
