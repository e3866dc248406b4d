import type { Finding } from "../findings";
import { noJson, tooDeep, tooLarge, tooLongName, tooManyFields, tooManyItems, twice } from "./json-findings";

/** What a body may be at most, whatever it is about. */
export type JsonBounds = {
  readonly bytes: number;
  /** Values within values. */
  readonly depth: number;
  /** Of one list. */
  readonly items: number;
  /** Of one object. */
  readonly fields: number;
  /** Fields and items in all. */
  readonly nodes: number;
  /** Of one field's name. */
  readonly nameLength: number;
};

/** Every document fits: 200 conditions of 1,000 values each, and two lists of 10,000 customers. */
export const usualBounds: JsonBounds = {
  bytes: 4 * 1024 * 1024,
  depth: 40,
  items: 10_000,
  fields: 1_000,
  nodes: 400_000,
  nameLength: 1_000,
};

type Container = {
  readonly isList: boolean;
  /** Of an object: its fields so far. */
  readonly names: string[];
  /** The same once there are many. */
  seen: Set<string> | undefined;
  /** Of a list: items before the one being read. */
  items: number;
};

const [space, quoteMark, comma, colon, backslash] = [32, 34, 44, 58, 92];
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];
/** Beyond so many fields a set finds a repetition sooner than a look at each. */
const fewNames = 8;
const scalar = /-?[0-9tfn][^,\]}\s]*/y;

/** Looks through a text as it comes, piece by piece. */
export type JsonLook = {
  /** What keeps the text so far from being parsed. */
  see(piece: string): Finding | undefined;
};

/** A number or a word that is longer than this is none. */
const longestScalar = 1_000;

/**
 * What keeps a text from being parsed, found by one look at each character: too deep, too wide, too much, a field
 * twice, a value that JSON does not have. Parsing such a text would cost far more than refusing it. Whether the text is
 * JSON otherwise is for the parser to tell.
 */
export function lookThroughJson(bounds: JsonBounds): JsonLook {
  const open: Container[] = [];
  let nodes = 0;
  let expectsName = false;
  let isWithinValue = false;
  /** The beginning of what the next piece goes on with: a name, a number, a word, or the backslash of an escape. */
  let begun = "";

  function see(piece: string): Finding | undefined {
    const text = begun + piece;
    begun = "";
    let at = isWithinValue ? passValue(text, -1) : 0;
    while (at < text.length) {
      const next = pass(text, at);
      if (typeof next !== "number") return next;
      if (nodes > bounds.nodes) return tooLarge(open);
      at = next;
    }
    return undefined;
  }

  /** Each of these gives the place behind what stands at `at`, or what is wrong with it. */
  function pass(text: string, at: number): number | Finding {
    switch (text.charCodeAt(at)) {
      case quoteMark:
        return expectsName ? passName(text, at) : passValue(text, at);
      case openObject:
      case openList:
        return enter(text.charCodeAt(at) === openList) ?? at + 1;
      case closeObject:
      case closeList:
        open.pop();
        expectsName = false;
        return at + 1;
      case comma:
        return separate() ?? at + 1;
      case colon:
        return at + 1;
      default:
        return text.charCodeAt(at) <= space ? at + 1 : passScalar(text, at);
    }
  }

  function enter(isList: boolean): Finding | undefined {
    if (open.length >= bounds.depth) return tooDeep(open);
    open.push({ isList, names: [], seen: undefined, items: 0 });
    expectsName = !isList;
    return undefined;
  }

  function separate(): Finding | undefined {
    const inner = open.at(-1);
    expectsName = inner !== undefined && !inner.isList;
    if (!inner?.isList) return undefined;
    inner.items += 1;
    nodes += 1;
    return inner.items >= bounds.items ? tooManyItems(open, bounds) : undefined;
  }

  function passName(text: string, at: number): number | Finding {
    const end = endOfText(text, at);
    const name = text.slice(at, end + 1);
    if (name.length - 2 > bounds.nameLength) return tooLongName(open, bounds);
    if (end === text.length) return waitFor(name, text);
    nodes += 1;
    expectsName = false;
    const inner = open.at(-1);
    return (inner && readName(name, inner, open, bounds)) ?? end + 1;
  }

  /** A value that began at `at` may end in a later piece. */
  function passValue(text: string, at: number): number {
    const end = endOfText(text, at);
    isWithinValue = end === text.length;
    if (isWithinValue && backslashesBefore(text, end) % 2 === 1) begun = "\\";
    return end + 1;
  }

  function passScalar(text: string, at: number): number | Finding {
    const end = endOfScalar(text, at);
    if (end === undefined && text.slice(at) === "-") return waitFor("-", text);
    if (end === undefined || end - at > longestScalar) return noJson(text, at, open);
    return end === text.length - 1 ? waitFor(text.slice(at), text) : end + 1;
  }

  function waitFor(beginning: string, text: string): number {
    begun = beginning;
    return text.length;
  }

  return { see };
}

/** The place of the quotation mark that ends the text which begins at `start`, or the end of all. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    if (backslashesBefore(text, end) % 2 === 0) return end;
  }
  return text.length;
}

function backslashesBefore(text: string, end: number): number {
  let backslashes = 0;
  while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1;
  return backslashes;
}

/** The place of the last character of a number or a word; undefined where JSON has no such thing. */
function endOfScalar(text: string, start: number): number | undefined {
  scalar.lastIndex = start;
  return scalar.test(text) ? scalar.lastIndex - 1 : undefined;
}

function readName(
  quoted: string,
  inner: Container,
  open: readonly Container[],
  bounds: JsonBounds,
): Finding | undefined {
  const name = nameOf(quoted);
  const isKnown = inner.seen ? inner.seen.has(name) : inner.names.includes(name);
  inner.names.push(name);
  if (isKnown) return twice(name, open);
  if (inner.names.length > bounds.fields) return tooManyFields(open, bounds);
  if (inner.seen) inner.seen.add(name);
  else if (inner.names.length > fewNames) inner.seen = new Set(inner.names);
  return undefined;
}

/** A name may be written in several ways: "all" is "\\u0061ll". */
function nameOf(quoted: string): string {
  if (!quoted.includes("\\")) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
