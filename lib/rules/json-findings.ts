import type { Finding } from "../findings";
import { formatPath } from "./definition";
import type { JsonBounds } from "./json-bounds";
import { blocking, quote } from "./rule-finding";

/** The containers around a place, outer first: how far each has been read. */
export type OpenContainers = readonly {
  readonly isList: boolean;
  readonly names: readonly string[];
  readonly items: number;
}[];

export function tooDeep(open: OpenContainers): Finding {
  return at(open, "too-deep", "This is nested too deep.", `Nest at most ${open.length} values in one another.`);
}

export function tooLarge(open: OpenContainers): Finding {
  return at(open, "too-large", "The body holds too much.", "Shorten its lists, or send it in parts.");
}

export function tooManyItems(open: OpenContainers, { items }: JsonBounds): Finding {
  const message = `This list has more than ${items.toLocaleString("en")} items.`;
  return at(open.slice(0, -1), "too-many-items", message, `Give at most ${items.toLocaleString("en")}.`);
}

export function tooManyFields(open: OpenContainers, { fields }: JsonBounds): Finding {
  const message = `This object has more than ${fields.toLocaleString("en")} fields.`;
  return at(open.slice(0, -1), "too-many-fields", message, `Give at most ${fields.toLocaleString("en")}.`);
}

export function tooLongName(open: OpenContainers, { nameLength }: JsonBounds): Finding {
  const message = "This object has a field whose name is too long.";
  return at(
    open.slice(0, -1),
    "too-long",
    message,
    `A name has at most ${nameLength.toLocaleString("en")} characters.`,
  );
}

export function twice(name: string, open: OpenContainers): Finding {
  const message = `The field ${quote(name)} stands twice in one object.`;
  return at(open, "duplicate-field", message, "Give it once: readers would not agree which of the two counts.");
}

const longestWord = 12;

export function noJson(text: string, start: number, open: OpenContainers): Finding {
  const word = text.slice(start, start + longestWord).split(/[,\]}\s]/)[0] ?? "";
  const resolution = "Give a text in quotation marks, a finite number, true, false, null, a list or an object.";
  return at(open, "not-json", `JSON has no value ${quote(word)}.`, resolution);
}

/** Of a body that carries a document, findings point into the document, as those of the rule language do. */
function at(open: OpenContainers, code: string, message: string, resolution: string): Finding {
  const path = open.map(({ isList, names, items }) => (isList ? items : (names.at(-1) ?? "")));
  const [first, ...others] = path;
  return { ...blocking(code, [], message, resolution), path: formatPath(first === "document" ? others : path) };
}
