import canonicalize from "canonicalize";
import { CompactSign, compactVerify, createLocalJWKSet } from "jose";
import type { PublicKeys, SigningKeys } from "./signing-key";

/** A signature (JWS of RFC 7515, its payload left out) of a value's canonical JSON (RFC 8785). */
export async function signDetached({ keyId, privateKey }: SigningKeys, value: unknown): Promise<string> {
  const jws = await new CompactSign(payloadOf(value)).setProtectedHeader({ alg: "EdDSA", kid: keyId }).sign(privateKey);
  const [header, , signature] = jws.split(".");
  return `${header}..${signature}`;
}

/** The id of the key that signed, or null where none of these did. */
export async function signerOf(
  { jwks }: Pick<PublicKeys, "jwks">,
  value: unknown,
  detached: string,
): Promise<string | null> {
  const [header, , signature] = detached.split(".");
  const jws = `${header}.${Buffer.from(payloadOf(value)).toString("base64url")}.${signature}`;
  try {
    const { protectedHeader } = await compactVerify(jws, createLocalJWKSet(jwks), { algorithms: ["EdDSA"] });
    return protectedHeader.kid ?? null;
  } catch {
    return null;
  }
}

function payloadOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalize(value));
}
