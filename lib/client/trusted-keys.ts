import { type CryptoKey, calculateJwkThumbprint, compactVerify, importJWK } from "jose";
import { listOf, objectOf, oneOf, textOf, utf8 } from "./shape";
import { StewardError } from "./steward-error";

export type PublicKey = { readonly kty: "OKP"; readonly crv: "Ed25519"; readonly x: string; readonly kid: string };

export type TrustedKeys = {
  /** Null for a key that is not to be trusted, as far as is known. */
  find(kid: string): Promise<CryptoKey | null>;
  known(): readonly PublicKey[];
};

export type KeysDependencies = {
  /** Thumbprints of the keys to trust; undefined to trust those of the first answer. */
  readonly pinned: readonly string[] | undefined;
  /** Trusted at an earlier connect. */
  readonly known: readonly PublicKey[];
  /** The feed's JWK Set as it was answered. */
  readonly fetchKeys: () => Promise<unknown>;
  readonly now: () => number;
};

const refetchMilliseconds = 60_000;

/** A key that is not known is asked for at most once a minute. */
export function createTrustedKeys({ pinned, known, fetchKeys, now }: KeysDependencies): TrustedKeys {
  let trusted: readonly PublicKey[] = known;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function ask(): Promise<void> {
    const listed = await readKeys(await fetchKeys());
    askedAt = now();
    const first = pinned === undefined && trusted.length === 0;
    const kept = listed.filter(({ kid }) => first || pinned?.includes(kid) || trusted.some((each) => each.kid === kid));
    // Who is asked and names none of the trusted keys has nothing to say about them.
    if (kept.length > 0) trusted = await withEndorsed(kept, listed);
  }

  return {
    known: () => trusted,
    async find(kid) {
      if (!trusted.some((each) => each.kid === kid) && now() - askedAt >= refetchMilliseconds) await ask();
      const key = trusted.find((each) => each.kid === kid);
      return key === undefined ? null : cryptoKeyOf(key);
    },
  };
}

type ListedKey = PublicKey & { readonly endorsement?: string };

/** With each key that a trusted one vouches for, and each that those vouch for. */
async function withEndorsed(trusted: readonly PublicKey[], listed: readonly ListedKey[]): Promise<PublicKey[]> {
  const all = trusted.map(({ kty, crv, x, kid }): PublicKey => ({ kty, crv, x, kid }));
  for (let grown = true; grown; ) {
    grown = false;
    for (const { endorsement, ...key } of listed) {
      if (endorsement === undefined || all.some(({ kid }) => kid === key.kid)) continue;
      if (!(await isEndorsed(key, endorsement, all))) continue;
      all.push(key);
      grown = true;
    }
  }
  return all;
}

async function isEndorsed(key: PublicKey, endorsement: string, by: readonly PublicKey[]): Promise<boolean> {
  for (const endorser of by) {
    try {
      const verified = await compactVerify(endorsement, await cryptoKeyOf(endorser), { algorithms: ["EdDSA"] });
      const said = objectOf(JSON.parse(utf8(verified.payload)), "endorsement");
      const { typ, kid } = verified.protectedHeader;
      if (typ === "steward-key+jwt" && kid === endorser.kid && said.kid === key.kid && said.x === key.x) return true;
    } catch {
      // Not by this one.
    }
  }
  return false;
}

/** A key whose name is not its thumbprint could stand for another. */
async function readKeys(answer: unknown): Promise<ListedKey[]> {
  try {
    return await Promise.all(listOf(objectOf(answer, "keys").keys, "keys").map(readKey));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new StewardError("malformed-answer", `The feed's keys cannot be read: ${message}.`, { cause: error });
  }
}

export async function readKey(given: unknown): Promise<ListedKey> {
  const { kty, crv, x, kid, endorsement } = objectOf(given, "key");
  const jwk = {
    kty: oneOf(["OKP"], kty, "kty"),
    crv: oneOf(["Ed25519"], crv, "crv"),
    x: textOf(x, "x"),
  };
  const thumbprint = oneOf([await calculateJwkThumbprint(jwk)], kid, "kid");
  return {
    ...jwk,
    kid: thumbprint,
    ...(endorsement !== undefined && { endorsement: textOf(endorsement, "endorsement") }),
  };
}

async function cryptoKeyOf(key: PublicKey): Promise<CryptoKey> {
  const imported = await importJWK({ ...key }, "EdDSA");
  if (imported instanceof Uint8Array) throw new TypeError("An Ed25519 key is not a secret.");
  return imported;
}
