import { z } from "zod";
import { place } from "./wire";

const bytesSchema = z.object({
  /** "sha-256=:…:" (RFC 9530) of the body before compression. */
  digest: z.string(),
  /** Its length before compression. */
  bytes: z.int(),
});
/** What the head's signature is over. A reader believes the payload of `jws`, and nothing that stands beside it. */
export const headPayloadSchema = z.object({
  ...place,
  /** The revision of the newest release or erasure: bundle, list and segments are what it made them. */
  released: z.int(),
  scope: z.object({ id: z.string(), regions: z.array(z.string()), purposes: z.array(z.string()) }),
  /** From then on the head is not to be believed: the feed has not heard of the database for too long. */
  expires: z.iso.datetime(),
  /** Of `/bundle`, and of the same with `?format=`. */
  bundle: bytesSchema.extend({ flagd: bytesSchema, cel: bytesSchema }),
  /** Content hashes by segment key. */
  segments: z.record(z.string(), z.string()),
});
export type HeadPayload = z.infer<typeof headPayloadSchema>;
export const headSchema = headPayloadSchema.extend({
  /** Compact JWS (RFC 7515) of the rest: `alg` EdDSA, `kid` one of `/keys`, `typ` as `headType`. */
  jws: z.string(),
});
export const headType = "steward-head+jwt";

/** An Ed25519 key as RFC 8037 writes it, by the thumbprint of RFC 7638. */
export const feedSigningKeySchema = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  x: z.string(),
  kid: z.string(),
  alg: z.literal("EdDSA"),
  use: z.literal("sig"),
  /** Compact JWS of `{ kid, x }` by the key before it, `typ` as `endorsementType`; absent for the first. */
  endorsement: z.string().optional(),
});
export type FeedSigningKey = z.infer<typeof feedSigningKeySchema>;
/** A JWK Set (RFC 7517): the key that signs now, then the others, the newest first. */
export const feedSigningKeysSchema = z.object({ keys: z.array(feedSigningKeySchema) });
export const endorsementType = "steward-key+jwt";
