import { storableText } from "../engine/storable-profile";

/** Separates the elements of a list that came as a list (JSON, Parquet), and stands before the first. */
export const listMark = "\u001f";

const yes = new Set(["true", "yes", "1"]);
const no = new Set(["false", "no", "0"]);

/** Undefined for text that is neither; null for a blank. */
export function readBoolean(cell: string): boolean | null | undefined {
  const text = cell.trim().toLowerCase();
  if (text === "") return null;
  return yes.has(text) ? true : no.has(text) ? false : undefined;
}

export function readText(cell: string, verbatim: boolean): string | null {
  return (verbatim ? cell.trim() : storableText(cell)) || null;
}

/** Null for a blank; a list that came as an empty list is an empty set. */
export function readSet(cell: string, separator: string): readonly string[] | null {
  if (cell.trim() === "") return null;
  const parts = cell.split(cell.startsWith(listMark) ? listMark : separator).map(storableText);
  return [...new Set(parts.filter((part) => part !== ""))];
}

/** What a cell comes to: a value, nothing (blank), or why it is refused. */
export type ReadCell<T> = { readonly value: T | null } | { readonly code: RejectCode; readonly message: string };

export const rejectCodes = [
  "unreadable-line",
  "not-utf8",
  "not-json",
  "no-id",
  "id-too-long",
  "no-value",
  "not-a-number",
  "not-a-boolean",
  "not-a-timestamp",
  "unknown-region",
  "unknown-purpose",
] as const;
export type RejectCode = (typeof rejectCodes)[number];

export function readRegion(
  cell: string,
  renamed: Readonly<Record<string, string>>,
  regions: ReadonlySet<string>,
): ReadCell<string> {
  const text = cell.trim();
  if (text === "") return { value: null };
  const region = [Object.hasOwn(renamed, text) ? renamed[text] : undefined, text, text.toLowerCase()].find(
    (key) => key !== undefined && regions.has(key),
  );
  if (region !== undefined) return { value: region };
  return { code: "unknown-region", message: `There is no region "${shown(text)}"; known are ${named(regions)}.` };
}

export function readPurposes(
  cell: string,
  separator: string,
  purposes: ReadonlySet<string>,
): ReadCell<readonly string[]> {
  const keys = readSet(cell, separator);
  const unknown = keys?.find((key) => !purposes.has(key));
  if (unknown === undefined) return { value: keys };
  return { code: "unknown-purpose", message: `There is no purpose "${shown(unknown)}"; known are ${named(purposes)}.` };
}

export function booleanCell(cell: string): ReadCell<boolean> {
  const value = readBoolean(cell);
  if (value !== undefined) return { value };
  return { code: "not-a-boolean", message: `"${shown(cell.trim())}" is not true, false, yes, no, 1 or 0.` };
}

export function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function named(keys: ReadonlySet<string>): string {
  const all = [...keys];
  if (all.length === 0) return "none";
  return all.length > 12 ? `${all.slice(0, 12).join(", ")} and ${all.length - 12} more` : all.join(", ");
}
