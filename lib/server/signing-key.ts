import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { calculateJwkThumbprint } from "jose";
import { z } from "zod";
import { processSingleton } from "./process-singleton";

/** An Ed25519 key as RFC 8037 writes it. */
const publicKeySchema = z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string() });
export type PublicKey = Readonly<z.infer<typeof publicKeySchema>>;

/** Public keys by their id, which is the thumbprint of RFC 7638. */
export type PublicKeys = {
  /** As a JWK Set of RFC 7517; the one that signs now comes first. */
  readonly jwks: { keys: (PublicKey & { readonly kid: string; readonly alg: "EdDSA"; readonly use: "sig" })[] };
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
    keyId: await keyIdOf(publicPart(createPublicKey(privateKey))),
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
    await Promise.all(files.map(async (name) => publicPart(createPublicKey(await readFile(join(dataFolder, name)))))),
  );
}

/** The keys of a file: a JWK Set, a JWK, or PEM. Throws for anything else. */
export async function publicKeysIn(text: string): Promise<PublicKeys> {
  if (!text.trimStart().startsWith("{")) return publicKeysOf([publicPart(createPublicKey(text))]);
  const given: unknown = JSON.parse(text);
  const set = z.object({ keys: z.array(publicKeySchema) }).safeParse(given);
  return publicKeysOf(set.success ? set.data.keys : [publicKeySchema.parse(given)]);
}

async function publicKeysOf(given: readonly PublicKey[]): Promise<PublicKeys> {
  const keys = await Promise.all(
    given.map(async (key) => ({ ...key, kid: await keyIdOf(key), alg: "EdDSA", use: "sig" }) as const),
  );
  const objects = new Map(keys.map(({ kty, crv, x, kid }) => [kid, importKey({ kty, crv, x })]));
  return {
    jwks: { keys },
    verifies(keyId, text, signature) {
      const key = objects.get(keyId);
      return key !== undefined && verify(null, Buffer.from(text), key, Buffer.from(signature, "base64url"));
    },
  };
}

function importKey(key: PublicKey): KeyObject {
  return createPublicKey({ key: { ...key }, format: "jwk" });
}

/** Throws for a key of another kind. */
function publicPart(key: KeyObject): PublicKey {
  return publicKeySchema.parse(key.export({ format: "jwk" }));
}

function keyIdOf({ kty, crv, x }: PublicKey): Promise<string> {
  return calculateJwkThumbprint({ kty, crv, x });
}
