import { readText } from "./read-text";
import { type GivenEntry, type ReadUpload, readUpload } from "./read-upload";

const dateLike = /^\s*"?\d{4}-\d{2}-\d{2}/;
const separators = /[,;\t]/;

/**
 * A pasted text or the text of a file as an upload takes it: an id on each line, or columns. Ids that stand beside one
 * another, with commas, semicolons or tabs between, come to lines of their own; columns stay as they are.
 */
export function uploadText(pasted: string): string {
  return isTable(pasted) ? pasted : [...idsOf(pasted)].map(({ customerId }) => customerId).join("\n");
}

/** What an upload of the text would take over and refuse, by the lines of what was pasted. */
export function readPasted(pasted: string): ReadUpload {
  return readUpload(isTable(pasted) ? readText(pasted) : idsOf(pasted));
}

function* idsOf(pasted: string): Generator<GivenEntry> {
  for (const [index, line] of pasted.split("\n").entries())
    for (const id of line.split(separators)) if (id.trim() !== "") yield { line: index + 1, customerId: id.trim() };
}

/** Columns under a header, which is no entry; fields in quotation marks; or an id and when it ends, in any line. */
function isTable(pasted: string): boolean {
  const lines = pasted.split("\n").filter((line) => line.trim() !== "");
  const [first] = lines;
  if (first === undefined) return false;
  if (first.includes('"') || readText(first).next().done === true) return true;
  return lines.some((line) => dateLike.test(line.split(",")[1] ?? ""));
}
