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

/**
 * What keeps a text from being parsed, found by one look at each character: too deep, too wide, too much, a field
 * twice, a value that JSON does not have. Parsing such a text would cost far more than refusing it. Whether the text is
 * JSON otherwise is for the parser to tell.
 */
export function checkJsonText(text: string, bounds: JsonBounds): Finding | undefined {
  const open: Container[] = [];
  let nodes = 0;
  let expectsName = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character <= 32 || character === colon) continue;
    const inner = open.at(-1);
    if (character === quoteMark) {
      const end = endOfText(text, at);
      const breach = expectsName && inner ? readName(text.slice(at, end + 1), inner, open, bounds) : undefined;
      if (breach) return breach;
      if (expectsName) nodes += 1;
      expectsName = false;
      at = end;
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
      if (end === undefined) return noJson(text, at, open);
      at = end;
    }
    if (nodes > bounds.nodes) return tooLarge(open);
  }
  return undefined;
}

/** The place of the quotation mark that ends the text which begins at `start`, or the end of all. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
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
  if (quoted.length - 2 > bounds.nameLength) return tooLongName(open, bounds);
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
