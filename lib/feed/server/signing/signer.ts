import { StartError } from "../../../server/start-error";
import { type FeedSigningKey, headType } from "../../head-wire";
import { knownKeys } from "../../signing-order";
import { openSigningKey, type SigningKey, signCompact } from "./signing-key";
import type { SigningKeyRow } from "./signing-key-rows";

export type Signer = {
  /** Of the key that signs now. */
  keyId(): string;
  /** A compact JWS of a head's payload, by the key that signs now. */
  sign(payload: object): { readonly jws: string; readonly keyId: string };
  /** What readers are told of now: a JWK Set. */
  jwks(): { keys: FeedSigningKey[] };
  /** As they are kept, sealed. */
  rows(): readonly SigningKeyRow[];
  /** Takes over keys that came since. */
  reload(): Promise<void>;
};

export type SignerDependencies = {
  /** What the private parts are sealed with. */
  readonly secret: string;
  readonly now: () => number;
  readonly read: () => Promise<readonly SigningKeyRow[]>;
};

type OpenRow = SigningKeyRow & { readonly key: SigningKey };

/** Signs with the keys that are given, until others are read. Throws a StartError where it cannot open them. */
export async function createSigner(
  given: readonly SigningKeyRow[],
  { secret, now, read }: SignerDependencies,
): Promise<Signer> {
  let kept: readonly SigningKeyRow[] = [];
  let open: readonly OpenRow[] = [];

  async function take(rows: readonly SigningKeyRow[]): Promise<void> {
    const before = new Map(open.map(({ id, key }) => [id, key]));
    open = await Promise.all(
      knownKeys(rows, now()).map(async (row) => ({ ...row, key: before.get(row.id) ?? (await opened(row, secret)) })),
    );
    kept = rows;
  }

  function signing(): SigningKey {
    const [row] = knownKeys(open, now());
    if (!row) throw new Error("The feed has no key to sign with.");
    return row.key;
  }

  await take(given);
  return {
    keyId: () => signing().id,
    sign(payload) {
      const key = signing();
      return { jws: signCompact(key, headType, payload), keyId: key.id };
    },
    jwks: () => ({ keys: knownKeys(open, now()).map(jwkOf) }),
    rows: () => kept,
    reload: async () => take(await read()),
  };
}

async function opened(row: SigningKeyRow, secret: string): Promise<SigningKey> {
  const key = await openSigningKey(row, secret);
  if (key?.publicKey.x === row.publicKey.x) return key;
  throw new StartError(
    "usage",
    `The feed's signing key ${row.id} cannot be opened. Set STEWARD_FEED_SECRET to what it was when the key was made: the same for every process of an installation. What to do when that is lost is in docs/operations.md.`,
  );
}

function jwkOf({ id, publicKey: { kty, crv, x }, endorsement }: SigningKeyRow): FeedSigningKey {
  return { kty, crv, x, kid: id, alg: "EdDSA", use: "sig", ...(endorsement !== null && { endorsement }) };
}
