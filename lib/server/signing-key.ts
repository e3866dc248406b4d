import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { calculateJwkThumbprint, type JWK } from "jose";
import { processSingleton } from "./process-singleton";

/** Public keys by their id, which is the thumbprint of RFC 7638. */
export type PublicKeys = {
  /** As a JWK Set of RFC 7517; the one that signs now comes first. */
  readonly jwks: { readonly keys: readonly JWK[] };
  /** Whether `signature` (Ed25519, base64url) is of this text by the key of this id; false for a key that is not known. */
  readonly verifies: (keyId: string, text: string, signature: string) => boolean;
};

export type SigningKeys = PublicKeys & {
  readonly keyId: string;
  readonly privateKey: KeyObject;
  /** Ed25519, base64url. */
  readonly sign: (text: string) => string;
};

const fileName = "signing-key.pem";
const retiredName = /^signing-key\..+\.pem$/;

const opened = processSingleton<SigningKeys>("the signing keys");

/** The keys of this process; server.ts opens them before anything is served. */
export const signingKeys = opened.require;
export const keepSigningKeys = opened.set;

/** The key of the installation, made once and kept in the data folder; retired ones beside it still verify. */
export async function openSigningKeys(dataFolder: string): Promise<SigningKeys> {
  const file = join(dataFolder, fileName);
  if (!existsSync(file)) {
    await mkdir(dataFolder, { recursive: true });
    const { privateKey } = generateKeyPairSync("ed25519");
    await writeFile(`${file}.new`, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  const privateKey = createPrivateKey(await readFile(file));
  const known = await readPublicKeys(dataFolder);
  return {
    ...known,
    keyId: await keyIdOf(createPublicKey(privateKey).export({ format: "jwk" })),
    privateKey,
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64url"),
  };
}

/** What verifies although nothing is to be signed: makes no key. */
export async function readPublicKeys(dataFolder: string): Promise<PublicKeys> {
  const names = await readdir(dataFolder).catch(() => []);
  const files = [
    ...names.filter((name) => name === fileName),
    ...names.filter((name) => retiredName.test(name)).sort(),
  ];
  return publicKeysOf(
    await Promise.all(
      files.map(async (name) => createPublicKey(await readFile(join(dataFolder, name))).export({ format: "jwk" })),
    ),
  );
}

export async function publicKeysOf(given: readonly JWK[]): Promise<PublicKeys> {
  const keys = await Promise.all(
    given.map(async (jwk) => ({ ...jwk, kid: await keyIdOf(jwk), alg: "EdDSA", use: "sig" })),
  );
  const objects = new Map(keys.map(({ kty = "", crv = "", x = "", kid }) => [kid, publicKey({ kty, crv, x })]));
  return {
    jwks: { keys },
    verifies(keyId, text, signature) {
      const key = objects.get(keyId);
      return key !== undefined && verify(null, Buffer.from(text), key, Buffer.from(signature, "base64url"));
    },
  };
}

function publicKey(jwk: { kty: string; crv: string; x: string }): KeyObject {
  return createPublicKey({ key: jwk, format: "jwk" });
}

function keyIdOf({ kty, crv, x }: JWK): Promise<string> {
  return calculateJwkThumbprint({ kty, crv, x } as JWK);
}
