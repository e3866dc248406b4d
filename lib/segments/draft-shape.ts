import type { Finding } from "../findings";
import { checkStructure } from "../rules/check-structure";
import { formatPath } from "../rules/definition";
import { type SegmentDocument, segmentDocumentSchema } from "./document";

export type DraftShape =
  | { readonly ok: true; readonly document: SegmentDocument }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const deepest = 40;
const mostCharacters = 3 * 1024 * 1024;
/** More than stand in a document whose rule and lists are as large as they may be. */
const mostNodes = 400_000;
const mostFindings = 20;

/**
 * What a draft must be to be kept at all: the fields of a document and no others, within bounds, text that can be
 * stored. Whether it makes sense is for findings: a rule being written names no attribute yet.
 */
export function parseDraft(input: unknown): DraftShape {
  const unfit = findUnfit(input);
  if (unfit) return { ok: false, findings: [unfit] };
  const parsed = segmentDocumentSchema.safeParse(input);
  if (!parsed.success) {
    return {
      ok: false,
      findings: parsed.error.issues.slice(0, mostFindings).map((issue) => ({
        code: issue.code === "unrecognized_keys" ? "unknown-field" : "not-a-document",
        severity: "blocking",
        message: issue.message.slice(0, 500),
        path: placeOf(issue.path),
        resolution:
          issue.code === "unrecognized_keys"
            ? `Leave out: ${issue.keys.slice(0, mostFindings).join(", ")}.`
            : "Give what the message says.",
      })),
    };
  }
  const breaches = checkStructure(parsed.data.definition.rule);
  if (breaches.length > 0) {
    return { ok: false, findings: breaches.map((each) => ({ ...each, path: below("definition.rule", each.path) })) };
  }
  if (JSON.stringify(parsed.data).length > mostCharacters) {
    return {
      ok: false,
      findings: [finding("too-large", "", "The document is larger than 3 MiB.", "Shorten its lists.")],
    };
  }
  return { ok: true, document: parsed.data };
}

type Place = { readonly value: unknown; readonly path: readonly PropertyKey[] };

/** Nesting that recursion would not survive, and text that a database does not take. Walks without recursion. */
function findUnfit(input: unknown): Finding | undefined {
  const waiting: Place[] = [{ value: input, path: [] }];
  let nodes = 0;
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value, path } = place;
    if (typeof value === "string" && !isStorableText(value)) return unfitText(path);
    if (typeof value !== "object" || value === null) continue;
    if (path.length >= deepest) return finding("too-deep", placeOf(path), "This is nested too deep.", "Nest it less.");
    nodes += Array.isArray(value) ? value.length : Object.keys(value).length;
    if (nodes > mostNodes)
      return finding("too-large", placeOf(path), "The document holds too much.", "Shorten its lists.");
    for (const [key, inner] of Object.entries(value)) {
      if (!isStorableText(key)) return unfitText(path);
      waiting.push({ value: inner, path: [...path, Array.isArray(value) ? Number(key) : key] });
    }
  }
  return undefined;
}

export function isStorableText(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

function unfitText(path: readonly PropertyKey[]): Finding {
  const message = "This text holds a character that cannot be stored: NUL, or half of a surrogate pair.";
  return finding("unfit-text", placeOf(path), message, "Remove the character.");
}

function finding(code: string, path: string, message: string, resolution: string): Finding {
  return { code, severity: "blocking", message, path, resolution };
}

function placeOf(path: readonly PropertyKey[]): string {
  return formatPath(path.map((step) => (typeof step === "number" ? step : String(step))));
}

/** A path inside the rule as a path inside the document. */
export function below(parent: string, path: string): string {
  return path === "" || path.startsWith("[") ? `${parent}${path}` : `${parent}.${path}`;
}
