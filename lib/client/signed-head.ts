import { base64url, type CryptoKey, compactVerify, decodeProtectedHeader } from "jose";
import { countOf, instantOf, objectOf, textOf, utf8 } from "./shape";
import { StewardError } from "./steward-error";

/** What the feed signs. */
export type Head = {
  readonly environment: string;
  readonly revision: number;
  readonly released: number;
  readonly scope: string;
  /** Milliseconds since 1970 UTC. */
  readonly expiresAt: number;
  readonly bundle: { readonly digest: string; readonly bytes: number };
};

type FindKey = (kid: string) => Promise<CryptoKey | null>;

/** The payload of a head's signature, and nothing that stands beside it. Throws a StewardError that says what is wrong. */
export async function verifyHead(text: string, findKey: FindKey): Promise<Head> {
  const { jws, ...beside } = malformed(() => objectOf(JSON.parse(text), "the head"));
  if (typeof jws !== "string" || jws === "") throw new StewardError("unsigned", "The head has no signature.");
  const kid = keyIdOf(jws);
  const key = await findKey(kid);
  if (key === null) {
    throw new StewardError("unknown-signing-key", `The head is signed by ${kid}, which no trusted key vouches for.`);
  }
  const payload = await verifiedPayload(jws, key);
  return malformed(() => {
    const said: unknown = JSON.parse(utf8(payload));
    if (JSON.stringify(said) !== JSON.stringify(beside)) throw new TypeError("what is beside the signature differs");
    return readPayload(said);
  });
}

/** The text that a head's body is in UTF-8. */
export function headText(bytes: Uint8Array): string {
  return malformed(() => utf8(bytes));
}

/** What a head claims, believed or not; null where it claims nothing. */
export function claimedNumber(text: string, field: "revision" | "released"): number | null {
  try {
    return countOf(objectOf(JSON.parse(text), "the head")[field], field);
  } catch {
    return null;
  }
}

function keyIdOf(jws: string): string {
  const { alg, typ, kid } = malformed(() => decodeProtectedHeader(jws));
  if (alg !== "EdDSA") throw new StewardError("bad-algorithm", `The head is signed with ${alg}, not with EdDSA.`);
  if (typ !== "steward-head+jwt") throw new StewardError("malformed-head", `What is signed is ${typ}, not a head.`);
  if (kid === undefined) throw new StewardError("unknown-signing-key", "The head does not say who signed it.");
  return kid;
}

async function verifiedPayload(jws: string, key: CryptoKey): Promise<Uint8Array> {
  const signature = jws.slice(jws.lastIndexOf(".") + 1);
  try {
    const { payload } = await compactVerify(jws, key, { algorithms: ["EdDSA"] });
    // Base64 has more than one text for the same bytes; only one of them was sent.
    if (base64url.encode(base64url.decode(signature)) === signature) return payload;
  } catch (error) {
    throw new StewardError("bad-signature", "The head's signature does not hold.", { cause: error });
  }
  throw new StewardError("bad-signature", "The head's signature is not written as one is.");
}

function readPayload(payload: unknown): Head {
  const { environment, revision, released, scope, expires, bundle } = objectOf(payload, "the head");
  const { digest, bytes } = objectOf(bundle, "bundle");
  return {
    environment: textOf(environment, "environment"),
    revision: countOf(revision, "revision"),
    released: countOf(released, "released"),
    scope: textOf(objectOf(scope, "scope").id, "scope.id"),
    expiresAt: instantOf(expires, "expires"),
    bundle: { digest: textOf(digest, "bundle.digest"), bytes: countOf(bytes, "bundle.bytes") },
  };
}

function malformed<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new StewardError("malformed-head", `The head cannot be read: ${message}.`, { cause: error });
  }
}
