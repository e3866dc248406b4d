import type { Finding } from "../findings";
import { isObject } from "../rules/check-bounds";
import { checkStructure } from "../rules/check-structure";
import { formatPath } from "../rules/definition";
import { quote } from "../rules/rule-finding";
import type { SegmentDocument } from "./document";
import { type DocumentIssue, parseDocument } from "./parse-document";

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
  const breaches = breachesOfRule(input);
  if (breaches.length > 0) return { ok: false, findings: breaches };
  const unfit = findUnfit(input);
  if (unfit) return { ok: false, findings: [unfit] };
  const { document, issues } = parseDocument(input, mostFindings);
  if (!document) return { ok: false, findings: issues.map(findingOf) };
  const missing = checkStructure(document.definition.rule).map(inRule);
  if (missing.length > 0) return { ok: false, findings: missing };
  if (JSON.stringify(document).length > mostCharacters) {
    return {
      ok: false,
      findings: [finding("too-large", "", "The document is larger than 3 MiB.", "Shorten its lists.")],
    };
  }
  return { ok: true, document };
}

/** The rule comes first: within its bounds the rest is worth a look at everything. */
function breachesOfRule(input: unknown): Finding[] {
  const definition = isObject(input) && "definition" in input ? input.definition : undefined;
  return isObject(definition) && "rule" in definition && isObject(definition.rule)
    ? checkStructure(definition.rule).map(inRule)
    : [];
}

function inRule(each: Finding): Finding {
  return { ...each, path: below("definition.rule", each.path) };
}

function findingOf(issue: DocumentIssue): Finding {
  const isUnknown = issue.unknown.length > 0;
  const resolution = isUnknown
    ? `Leave out: ${issue.unknown.slice(0, mostFindings).map(quote).join(", ")}.`
    : "Give what the message says.";
  return finding(
    isUnknown ? "unknown-field" : "not-a-document",
    placeOf(issue.path),
    issue.message.slice(0, 500),
    resolution,
  );
}

type Place = {
  readonly value: object;
  readonly step: PropertyKey;
  readonly parent: Place | undefined;
  readonly depth: number;
};

/** Nesting that recursion would not survive, and text that a database does not take. Walks without recursion. */
function findUnfit(input: unknown): Finding | undefined {
  if (!isNested(input)) return undefined;
  const waiting: Place[] = [{ value: input, step: "", parent: undefined, depth: 0 }];
  let nodes = 0;
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value, depth } = place;
    if (depth >= deepest)
      return finding("too-deep", placeOf(pathTo(place)), "This is nested too deep.", "Nest it less.");
    const keys = Object.keys(value);
    nodes += keys.length;
    if (nodes > mostNodes)
      return finding("too-large", placeOf(pathTo(place)), "The document holds too much.", "Shorten its lists.");
    const isList = Array.isArray(value);
    for (const key of keys) {
      const inner: unknown = Reflect.get(value, key);
      if (!isList && !isStorableText(key)) return unfitText(pathTo(place));
      const step = isList ? Number(key) : key;
      if (typeof inner === "string" && !isStorableText(inner)) return unfitText([...pathTo(place), step]);
      if (isNested(inner)) waiting.push({ value: inner, step, parent: place, depth: depth + 1 });
    }
  }
  return undefined;
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function pathTo(place: Place): PropertyKey[] {
  return place.parent === undefined ? [] : [...pathTo(place.parent), place.step];
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
