import { DomainError } from "../errors";
import { checkJsonText, type JsonBounds, usualBounds } from "./json-bounds";
import type { Operation } from "./operation";
import { parsed, requireStorable } from "./parse-input";

/** The body as the operation's schema reads it. What exceeds the operation's bounds is refused unparsed. */
export async function readBody(
  { body, bodyBounds, textBody }: Pick<Operation, "body" | "bodyBounds" | "textBody">,
  request: Request,
): Promise<unknown> {
  if (!body) return undefined;
  const bounds = { ...usualBounds, ...bodyBounds };
  const text = await readText(request, bounds.bytes);
  const isText = /^text\/(plain|csv)\b/i.test(request.headers.get("content-type") ?? "");
  if (textBody !== undefined && isText) {
    return parsed(body, { [textBody]: requireStorable(text, "the body") }, "the body");
  }
  return parsed(body, parseJson(text, bounds), "the body");
}

/** Only an escape can bring a character into JSON that no database takes. */
const unfitEscape = /\\u(0000|d[89a-f])/i;

function parseJson(text: string, bounds: JsonBounds): unknown {
  if (text === "") return {};
  const breach = checkJsonText(text, bounds);
  if (breach) throw new DomainError("invalid", breach.message, { reason: breach.code, findings: [breach] });
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

/** Reads at most the limit, whatever the request's header claims. */
async function readText(request: Request, limit: number): Promise<string> {
  if (!request.body) return "";
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw tooLarge(limit);
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  return parts.join("") + decoder.decode();
}

function tooLarge(limit: number): DomainError {
  return new DomainError("invalid", `The body is larger than ${limit / 1024 / 1024} MiB.`, { reason: "too-large" });
}
