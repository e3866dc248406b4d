import { readText } from "./read-text";
import { type ReadUpload, readUpload } from "./read-upload";

const expiryLike = /^\s*"?\d{4}-\d{2}-\d{2}T/;

/**
 * A pasted text or the text of a file as an upload takes it: an id on each line, or columns. Ids that stand beside one
 * another, with commas, semicolons or tabs between, come to lines of their own; columns stay as they are.
 */
export function uploadText(pasted: string): string {
  const first = pasted.split("\n").find((line) => line.trim() !== "") ?? "";
  if (hasHeader(pasted) || expiryLike.test(first.split(",")[1] ?? "")) return pasted;
  return pasted.replace(/[,;\t]/g, "\n");
}

/** What an upload of the text would take over and refuse. Lines are those of `uploadText`. */
export function readPasted(pasted: string): ReadUpload {
  return readUpload(readText(uploadText(pasted)));
}

/** A header is no entry: a text of nothing but it holds none. */
function hasHeader(pasted: string): boolean {
  const end = pasted.trimStart().indexOf("\n");
  const first = end === -1 ? pasted : pasted.trimStart().slice(0, end);
  return readText(first).next().done === true && first.trim() !== "";
}
