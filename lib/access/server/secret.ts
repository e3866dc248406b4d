import { createHash, randomBytes } from "node:crypto";

export type Secret = { readonly secret: string; readonly hash: string; readonly hint: string };

/** 256 random bits behind a prefix, as text for an Authorization header; only its hash is for keeping. */
export function newSecret(prefix: "stp_" | "stw_" | "sth_"): Secret {
  const secret = prefix + randomBytes(32).toString("base64url");
  return { secret, hash: secretHash(secret), hint: secret.slice(0, 8) };
}

/** SHA-256, hexadecimal: enough for what is random itself, where a password would need argon2. */
export function secretHash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
