import { z } from "zod";

export const auditEntrySchema = z.object({
  sequence: z.int(),
  at: z.iso.datetime(),
  actor: z.object({ id: z.string().nullable(), name: z.string() }),
  via: z.string(),
  action: z.string(),
  subject: z.object({ type: z.string(), id: z.string(), name: z.string() }),
  before: z.unknown(),
  after: z.unknown(),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEntryItem = z.infer<typeof auditEntrySchema>;

export const auditQuerySchema = z.object({
  /** "type:id" or "type". */
  subject: z.string().max(300).optional(),
  actor: z.string().max(300).optional(),
  action: z.string().max(100).optional(),
  /** Entries with a smaller sequence: the next page of a list that is newest first. */
  before: z.coerce.number().int().optional(),
  /** Entries with a greater sequence: what came since. */
  after: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

export const exportFormats = ["ndjson", "csv"] as const;
/** All that matches the filters, oldest first. */
export const auditExportQuerySchema = auditQuerySchema
  .omit({ limit: true })
  .extend({ format: z.enum(exportFormats).default("ndjson") });
export type AuditExportQuery = z.infer<typeof auditExportQuerySchema>;
export const auditListSchema = z.object({ items: z.array(auditEntrySchema), total: z.int() });
export const auditVerificationSchema = z.object({
  ok: z.boolean(),
  entries: z.int(),
  /** The first entry where the chain does not hold, and in which way. */
  brokenAt: z.object({ sequence: z.int(), why: z.string() }).nullable(),
  head: z.string(),
  /** The signed checkpoints beside the database that hold together; `torn` lines were cut off by a crash. */
  checkpoints: z
    .object({
      count: z.int(),
      torn: z.int(),
      last: z.object({ sequence: z.int(), at: z.iso.datetime(), keyId: z.string() }).nullable(),
    })
    .nullable(),
});
export type AuditVerification = z.infer<typeof auditVerificationSchema>;

/** A JWK Set (RFC 7517) of Ed25519 keys; the one that signs now comes first. */
export const signingKeysSchema = z.object({
  keys: z.array(
    z.object({
      kty: z.literal("OKP"),
      crv: z.literal("Ed25519"),
      x: z.string(),
      kid: z.string(),
      alg: z.literal("EdDSA"),
      use: z.literal("sig"),
    }),
  ),
});
export type SigningKeySet = z.infer<typeof signingKeysSchema>;
