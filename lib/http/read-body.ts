import { DomainError } from "../errors";
import { type JsonLook, lookThroughJson, usualBounds } from "../rules/json-bounds";
import type { Operation } from "./operation";
import { parsed, requireStorable } from "./parse-input";

/** The body as the operation's schema reads it. What exceeds the operation's bounds is refused unparsed. */
export async function readBody(
  { body, bodyBounds, textBody }: Pick<Operation, "body" | "bodyBounds" | "textBody">,
  request: Request,
): Promise<unknown> {
  if (!body) return undefined;
  const bounds = { ...usualBounds, ...bodyBounds };
  if (textBody !== undefined && isText(request)) {
    const text = await readText(request, bounds.bytes);
    return parsed(body, { [textBody]: requireStorable(text, "the body") }, "the body");
  }
  return parsed(body, parseJson(await readText(request, bounds.bytes, lookThroughJson(bounds))), "the body");
}

function isText(request: Request): boolean {
  return /^text\/(plain|csv)\b/i.test(request.headers.get("content-type") ?? "");
}

/** Only an escape can bring a character into JSON that no database takes. */
const unfitEscape = /\\u(0000|d[89a-f])/i;

function parseJson(text: string): unknown {
  if (text === "") return {};
  try {
    return unfitEscape.test(text) ? JSON.parse(text, storableValue) : JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new DomainError("invalid", `The body is not JSON: ${error.message}`, { reason: "not-json" });
  }
}

function storableValue(_key: string, value: unknown): unknown {
  return typeof value === "string" ? requireStorable(value, "the body") : value;
}

/** Reads at most the limit, whatever the request's header claims, and no further than `look` finds something. */
export async function readText(request: Request, limit: number, look?: JsonLook): Promise<string> {
  if (!request.body) return "";
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.byteLength;
    if (bytes > limit) throw tooLarge(limit);
    const part = decoder.decode(read.value, { stream: true });
    const breach = look?.see(part);
    if (breach) {
      void discard(reader, limit - bytes);
      throw new DomainError("invalid", breach.message, { reason: breach.code, findings: [breach] });
    }
    parts.push(part);
  }
  return parts.join("") + decoder.decode();
}

/** The rest is taken and dropped, or the connection would end before the caller has read why. */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array>, most: number): Promise<void> {
  let left = most;
  try {
    for (let read = await reader.read(); !read.done && left > 0; read = await reader.read()) {
      left -= read.value.byteLength;
    }
  } catch {
    // The caller has gone.
  }
}

function tooLarge(limit: number): DomainError {
  return new DomainError("invalid", `The body is larger than ${limit / 1024 / 1024} MiB.`, { reason: "too-large" });
}
