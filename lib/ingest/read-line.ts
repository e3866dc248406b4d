import type { Finding } from "../findings";
import { type JsonBounds, lookThroughJson } from "../rules/json-bounds";
import { type Fault, fault, type RejectCode, rejectCodes } from "./reject";

/** What a line may be at most. */
export const lineBounds: JsonBounds = {
  bytes: 256 * 1024,
  depth: 8,
  items: 1_000,
  fields: 500,
  nodes: 5_000,
  nameLength: 200,
};

const unicode = new TextDecoder("utf-8", { fatal: true });
/** Only an escape can bring the first two into JSON; the name that objects keep for themselves can hide behind one. */
const maybeUnfit = /\\u(00[0-7]|d[89a-f])|__proto__/i;
const lone = Symbol("half of a surrogate pair");
const reservedName = "__proto__";

/** The line's value, or what is wrong with its text; it is looked through before it is parsed. */
export function readLine(bytes: Uint8Array): { readonly value: unknown } | { readonly fault: Fault } {
  const text = decoded(bytes);
  if (text === undefined) return fault("not-unicode", "The line is not UTF-8.");
  if (text.includes("\0")) return nullByte();
  const finding = lookThroughJson(lineBounds).see(text);
  if (finding) return fault(codeOf(finding), messageOf(finding));
  try {
    return { value: maybeUnfit.test(text) ? JSON.parse(text, refuseUnfit) : JSON.parse(text) };
  } catch (error) {
    if (error === nullByte) return nullByte();
    if (error === lone) return fault("lone-surrogate", "A text holds half of a surrogate pair. Send whole characters.");
    if (error === reservedName) return fault("unknown-field", `There is no field "${reservedName}".`);
    const why = error instanceof Error ? error.message : "it cannot be read";
    return fault("not-json", `The line is not JSON: ${why}`);
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return unicode.decode(bytes);
  } catch {
    return undefined;
  }
}

function refuseUnfit(key: string, value: unknown): unknown {
  if (key === reservedName) throw reservedName;
  for (const text of [key, value]) {
    if (typeof text !== "string") continue;
    if (text.includes("\0")) throw nullByte;
    if (!text.isWellFormed()) throw lone;
  }
  return value;
}

function nullByte(): { readonly fault: Fault } {
  return fault("null-byte", "A text holds a null byte, which no text may.");
}

function codeOf({ code }: Finding): RejectCode {
  return rejectCodes.find((each) => each === code) ?? "too-large";
}

function messageOf({ path, message, resolution }: Finding): string {
  return `${path === "" ? "" : `At ${path}: `}${message} ${resolution}`;
}
