import { hash as digest } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";
import { genesisHash } from "./chain";

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** That the chain had this entry at this instant, signed: a line of a file outside the database. */
export const checkpointSchema = z.strictObject({
  /** Of the newest entry of the audit. */
  sequence: z.int(),
  hash: hashSchema,
  at: z.iso.datetime(),
  /** SHA-256 of the line before, hexadecimal; zeros for the first of all. */
  previous: hashSchema,
  /** Thumbprint (RFC 7638) of the key that signed. */
  keyId: z.string(),
  /** Ed25519 over the canonical JSON (RFC 8785) of what comes before; base64url. */
  signature: z.string(),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** What the first checkpoint names as the line before it. */
export const noLine = genesisHash;

export function signedText({ sequence, hash, at, previous, keyId }: Omit<Checkpoint, "signature">): string {
  return canonicalize({ sequence, hash, at, previous, keyId }) ?? "";
}

/** The checkpoint that a line holds, or null for one that a crash cut off. */
export function checkpointIn(line: string): Checkpoint | null {
  try {
    return checkpointSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

export function lineHash(line: string): string {
  return digest("sha256", line);
}
