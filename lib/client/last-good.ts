import { digestOf } from "./digest";
import { listOf, objectOf, textOf, utf8 } from "./shape";
import { type PublicKey, readKey } from "./trusted-keys";

/** What a restart needs to answer without the feed. */
export type LastGood = {
  /** As it was answered, with its signature. */
  readonly head: string;
  readonly bundle: Uint8Array<ArrayBuffer>;
  readonly keys: readonly PublicKey[];
};

/** Where it is kept: copies of the same, each replaced whole. */
export type LastGoodStore = {
  /** The copies that there are. */
  read(): Promise<Uint8Array<ArrayBuffer>[]>;
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
};

const digestLength = "sha-256=:".length + 44 + ":".length;

/** A line with the digest of what follows, then the rest as JSON. */
export async function writeLastGood({ head, bundle, keys }: LastGood): Promise<Uint8Array<ArrayBuffer>> {
  const body = new TextEncoder().encode(JSON.stringify({ head, bundle: utf8(bundle), keys }));
  const digest = new TextEncoder().encode(`${await digestOf(body)}\n`);
  const bytes = new Uint8Array(digest.length + body.length);
  bytes.set(digest);
  bytes.set(body, digest.length);
  return bytes;
}

/** Throws where a byte of it is not as it was written. */
export async function readLastGood(bytes: Uint8Array<ArrayBuffer>): Promise<LastGood> {
  const digest = utf8(bytes.slice(0, digestLength));
  const body = bytes.slice(digestLength + 1);
  if (digest !== (await digestOf(body))) throw new TypeError("its digest does not match");
  const kept = objectOf(JSON.parse(utf8(body)), "the copy");
  return {
    head: textOf(kept.head, "head"),
    bundle: new TextEncoder().encode(textOf(kept.bundle, "bundle")),
    keys: await Promise.all(listOf(kept.keys, "keys").map(readKey)),
  };
}
