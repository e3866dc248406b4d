import { createHash } from "node:crypto";
import { promisify } from "node:util";
import {
  type BrotliOptions,
  brotliCompress,
  brotliCompressSync,
  constants,
  gzip,
  gzipSync,
  type ZlibOptions,
} from "node:zlib";
import { type Encoding, preferredEncoding } from "../../negotiation";

/** A body ready to be sent, with the headers that go with each encoding. Headers are name, value, name, … */
export type Representation = {
  readonly etag: string;
  /** "sha-256=:…:" of the bytes before compression. */
  readonly digest: string;
  /** How many those are. */
  readonly length: number;
  readonly unchangedHeaders: readonly string[];
  /** Compressed at the first asking, where it was not beforehand. */
  body(encoding: Encoding): PreparedBody;
  /** Compresses beforehand, beside the event loop. */
  prepare(encodings: Iterable<Encoding>): Promise<void>;
  /** In which it was asked for or prepared. */
  prepared(): Iterable<Encoding>;
};
export type PreparedBody = {
  readonly bytes: Buffer;
  /** The bytes of a small body as Latin-1, which Node sends in one piece with the headers; null for others. */
  readonly text: string | null;
  readonly headers: readonly string[];
};

export type About = {
  readonly scope: string;
  /** Absent where it is of none. */
  readonly revision?: number;
  /** What goes out beside the body, as name, value, name, … */
  readonly headers?: readonly string[];
  readonly contentType?: string;
  readonly cacheControl?: string;
  /** Of what is soon replaced: compressed less, in less time. */
  readonly isBrief?: boolean;
};

type Effort = { readonly gzip: ZlibOptions; readonly br: BrotliOptions };
const sentInOnePiece = 16_384;
const pack = { br: promisify(brotliCompress), gzip: promisify(gzip) };
const packNow = { br: brotliCompressSync, gzip: gzipSync };

/**
 * The tag is made of scope, revision and content, so every replica makes the same, also after a restart. It is weak:
 * one tag stands for all encodings, and proxies may compress on the way.
 */
export function represent(value: unknown, about: About): Representation {
  const identity = Buffer.from(JSON.stringify(value));
  const tag = createHash("sha256").update(about.scope).update("\n").update(identity).digest("base64url").slice(0, 22);
  const etag = about.revision === undefined ? `W/"${tag}"` : `W/"${about.revision}-${tag}"`;
  const { headers = [], contentType = "application/json; charset=utf-8", cacheControl = "private, no-cache" } = about;
  const unchangedHeaders = [
    ...["etag", etag, "cache-control", cacheControl, "vary", "Accept-Encoding, Authorization"],
    ...headers,
  ];
  const effort = effortFor(identity.length, about.isBrief === true);
  const bodies = new Map<Encoding, PreparedBody>();
  const keep = (encoding: Encoding, bytes: Buffer): PreparedBody => {
    const text = bytes.length <= sentInOnePiece ? bytes.toString("latin1") : null;
    const body = { bytes, text, headers: [...bodyHeaders(bytes, encoding, contentType), ...unchangedHeaders] };
    bodies.set(encoding, body);
    return body;
  };
  keep("identity", identity);
  return {
    ...{ etag, digest: digestOf(identity), length: identity.length, unchangedHeaders },
    body(encoding) {
      const known = bodies.get(encoding);
      if (known || encoding === "identity") return known ?? keep(encoding, identity);
      return keep(encoding, encoding === "br" ? packNow.br(identity, effort.br) : packNow.gzip(identity, effort.gzip));
    },
    async prepare(wanted) {
      for (const encoding of wanted) {
        if (encoding === "identity" || bodies.has(encoding)) continue;
        keep(encoding, await (encoding === "br" ? pack.br(identity, effort.br) : pack.gzip(identity, effort.gzip)));
      }
    },
    prepared: () => bodies.keys(),
  };
}

function effortFor(length: number, isBrief: boolean): Effort {
  return {
    gzip: { level: isBrief ? 1 : 6 },
    br: {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: isBrief ? 1 : 5,
        [constants.BROTLI_PARAM_SIZE_HINT]: length,
      },
    },
  };
}

function bodyHeaders(bytes: Buffer, encoding: Encoding, contentType: string): string[] {
  const digest = digestOf(bytes);
  return [
    ...["content-type", contentType, "content-length", String(bytes.length)],
    ...(encoding === "identity" ? [] : ["content-encoding", encoding]),
    ...["content-digest", digest, "repr-digest", digest],
  ];
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
