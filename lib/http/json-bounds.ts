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

const [quoteMark, comma, colon, backslash] = [34, 44, 58, 92];
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
    let at = 0;
    if (isWithinValue) {
      at = passValue(text, -1) + 1;
      if (isWithinValue) return undefined;
    }
    for (; at < text.length; at += 1) {
      const character = text.charCodeAt(at);
      if (character <= 32 || character === colon) continue;
      const inner = open.at(-1);
      if (character === quoteMark && expectsName && inner) {
        const end = endOfText(text, at);
        const name = text.slice(at, end + 1);
        if (name.length - 2 > bounds.nameLength) return tooLongName(open, bounds);
        if (end === text.length) return waitFor(name);
        const breach = readName(name, inner, open, bounds);
        if (breach) return breach;
        nodes += 1;
        expectsName = false;
        at = end;
      } else if (character === quoteMark) {
        expectsName = false;
        at = passValue(text, at);
      } else if (character === openObject || character === openList) {
        if (open.length >= bounds.depth) return tooDeep(open);
        open.push({ isList: character === openList, names: [], seen: undefined, items: 0 });
        expectsName = character === openObject;
      } else if (character === closeObject || character === closeList) {
        open.pop();
        expectsName = false;
      } else if (character === comma) {
        expectsName = inner !== undefined && !inner.isList;
        if (inner?.isList) inner.items += 1;
        if (inner?.isList) nodes += 1;
        if (inner && inner.items >= bounds.items) return tooManyItems(open, bounds);
      } else {
        const end = endOfScalar(text, at);
        if (end === undefined && text.slice(at) === "-") return waitFor("-");
        if (end === undefined || end - at > longestScalar) return noJson(text, at, open);
        if (end === text.length - 1) return waitFor(text.slice(at));
        at = end;
      }
      if (nodes > bounds.nodes) return tooLarge(open);
    }
    return undefined;
  }

  function waitFor(beginning: string): undefined {
    begun = beginning;
  }

  /** The place of the quotation mark that ends a value which began at `start`; it may be in a later piece. */
  function passValue(text: string, start: number): number {
    const end = endOfText(text, start);
    isWithinValue = end === text.length;
    if (isWithinValue && backslashesBefore(text, end) % 2 === 1) begun = "\\";
    return end;
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
