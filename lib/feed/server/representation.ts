import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { type Encoding, encodings, preferredEncoding } from "../negotiation";

/** A body ready to be sent: in every encoding, with the headers that go with each. Headers are name, value, name, … */
export type Representation = {
  readonly etag: string;
  /** "sha-256=:…:" of the bytes before compression. */
  readonly digest: string;
  readonly bodies: Readonly<Record<Encoding, PreparedBody>>;
  readonly unchangedHeaders: readonly string[];
};
export type PreparedBody = { readonly bytes: Buffer; readonly headers: readonly string[] };

export type About = {
  readonly scope: string;
  readonly revision: number;
  /** What goes out beside the body, as name, value, name, … */
  readonly headers?: readonly string[];
};

const packed = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/**
 * The tag is made of scope, revision and content, so every replica makes the same, also after a restart. It is weak:
 * one tag stands for all encodings, and proxies may compress on the way.
 */
export async function represent(value: unknown, about: About): Promise<Representation> {
  const identity = Buffer.from(JSON.stringify(value));
  const tag = createHash("sha256").update(about.scope).update("\n").update(identity).digest("base64url").slice(0, 22);
  const etag = `W/"${about.revision}-${tag}"`;
  const unchangedHeaders = [...validators(etag), ...(about.headers ?? [])];
  const bytes: Record<Encoding, Buffer> = {
    identity,
    gzip: await packed.gzip(identity, { level: 6 }),
    br: await packed.br(identity, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length },
    }),
  };
  const bodies = Object.fromEntries(
    encodings.map((encoding) => [encoding, prepare(bytes[encoding], encoding, unchangedHeaders)]),
  ) as Record<Encoding, PreparedBody>;
  return { etag, digest: digestOf(identity), bodies, unchangedHeaders };
}

function prepare(bytes: Buffer, encoding: Encoding, more: readonly string[]): PreparedBody {
  const digest = digestOf(bytes);
  return {
    bytes,
    headers: [
      ...["content-type", "application/json; charset=utf-8", "content-length", String(bytes.length)],
      ...(encoding === "identity" ? [] : ["content-encoding", encoding]),
      ...["content-digest", digest, "repr-digest", digest],
      ...more,
    ],
  };
}

function validators(etag: string): string[] {
  return ["etag", etag, "cache-control", "private, no-cache", "vary", "Accept-Encoding, Authorization"];
}

/** RFC 9530. */
function digestOf(bytes: Buffer): string {
  return `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`;
}

const chosen = new Map<string, Encoding>();

/** As `preferredEncoding`, remembering the few headers that clients send. */
export function encodingFor(header: string | undefined): Encoding {
  if (header === undefined) return "identity";
  const known = chosen.get(header);
  if (known) return known;
  const encoding = preferredEncoding(header);
  if (chosen.size < 256) chosen.set(header, encoding);
  return encoding;
}
