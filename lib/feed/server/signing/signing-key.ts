import { createPrivateKey, generateKeyPairSync, hkdfSync, type KeyObject, sign } from "node:crypto";
import { CompactEncrypt, calculateJwkThumbprint, compactDecrypt, errors } from "jose";
import { z } from "zod";
import type { PublicKey } from "../../../server/signing-key";

/** An Ed25519 key that signs heads, opened. */
export type SigningKey = {
  /** The thumbprint of RFC 7638. */
  readonly id: string;
  readonly publicKey: PublicKey;
  readonly privateKey: KeyObject;
};

const privateKeySchema = z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string(), d: z.string() });

export function makeSigningKey(): Promise<SigningKey> {
  return keyOf(generateKeyPairSync("ed25519").privateKey);
}

/** The private part as a JWE (RFC 7516) that only who has the secret can open. */
export function sealSigningKey({ id, privateKey }: SigningKey, secret: string): Promise<string> {
  return new CompactEncrypt(Buffer.from(JSON.stringify(privateKey.export({ format: "jwk" }))))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: id })
    .encrypt(sealingKey(secret));
}

/** Null where it was sealed with another secret, was damaged, or is another key's. */
export async function openSigningKey(
  { id, sealed }: { readonly id: string; readonly sealed: string },
  secret: string,
): Promise<SigningKey | null> {
  try {
    const options = { keyManagementAlgorithms: ["dir"], contentEncryptionAlgorithms: ["A256GCM"] };
    const { plaintext } = await compactDecrypt(sealed, sealingKey(secret), options);
    const jwk = privateKeySchema.parse(JSON.parse(new TextDecoder().decode(plaintext)));
    const key = await keyOf(createPrivateKey({ key: jwk, format: "jwk" }));
    return key.id === id ? key : null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/** A compact JWS (RFC 7515). Ed25519 signs the same bytes always the same, so every process makes the same text. */
export function signCompact({ id, privateKey }: SigningKey, typ: string, payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part({ alg: "EdDSA", kid: id, typ })}.${part(payload)}`;
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString("base64url")}`;
}

async function keyOf(privateKey: KeyObject): Promise<SigningKey> {
  const { kty, crv, x } = privateKeySchema.parse(privateKey.export({ format: "jwk" }));
  const publicKey = { kty, crv, x };
  return { id: await calculateJwkThumbprint(publicKey), publicKey, privateKey };
}

function sealingKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, "", "steward feed signing", 32));
}
