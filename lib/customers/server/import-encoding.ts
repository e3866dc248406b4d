import { createReadStream, createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

export type Encoding = "utf-8" | "windows-1252" | "utf-16le" | "utf-16be";

/** By the byte order mark, or by whether the bytes are UTF-8. `head` may end within a character. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

export function decodeHead(head: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(head, { stream: true });
}

export async function convertToUtf8(from: string, to: string, encoding: Encoding, signal?: AbortSignal): Promise<void> {
  const decoder = new TextDecoder(encoding);
  const decode = new Transform({
    transform: (bytes: Uint8Array, _encoding, done) => done(null, decoder.decode(bytes, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  });
  await pipeline(createReadStream(from, { highWaterMark: 1 << 20 }), decode, createWriteStream(to), { signal });
}

/**
 * Bytes that are not UTF-8 appeared beyond the head. Windows-1252 when no character of the whole file is encoded as
 * UTF-8 beyond ASCII; otherwise the file is UTF-8 with damaged lines.
 */
export async function isSingleByte(path: string): Promise<boolean> {
  let follow = 0;
  for await (const bytes of createReadStream(path, {
    highWaterMark: 1 << 20,
  }) as unknown as ReadableStream<Uint8Array>) {
    for (const byte of bytes) {
      if (byte < 0x80) {
        follow = 0;
      } else if (follow > 0 && byte < 0xc0) {
        if (--follow === 0) return false;
      } else {
        follow = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
      }
    }
  }
  return true;
}
