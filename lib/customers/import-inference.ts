import { type AttributeType, keyPattern, reservedKeys } from "../catalogue/definition";
import { readBoolean } from "./import-values";

/** What the non-blank cells of a column look like. `format` is what `AttributeColumn.format` takes. */
export type InferredType = { readonly type: AttributeType; readonly format?: string };

const isoInstant = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?(Z|[+-]\d{2}(:?\d{2})?)?$/;

/** The first pattern that every cell fits and that no other explains better; days before months where both would do. */
const patterns: readonly { readonly format: string; readonly shape: RegExp }[] = [
  { format: "%d.%m.%Y %H:%M", shape: /^(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.\d{4} \d{1,2}:\d{2}$/ },
  { format: "%d.%m.%Y", shape: /^(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.\d{4}$/ },
  { format: "%d/%m/%Y %H:%M", shape: /^(0?[1-9]|[12]\d|3[01])\/(0?[1-9]|1[0-2])\/\d{4} \d{1,2}:\d{2}$/ },
  { format: "%m/%d/%Y %H:%M", shape: /^(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])\/\d{4} \d{1,2}:\d{2}$/ },
  { format: "%d/%m/%Y", shape: /^(0?[1-9]|[12]\d|3[01])\/(0?[1-9]|1[0-2])\/\d{4}$/ },
  { format: "%m/%d/%Y", shape: /^(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])\/\d{4}$/ },
];

export function inferType(cells: readonly string[]): InferredType {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const every = (test: (cell: string) => boolean) => filled.length > 0 && filled.every(test);
  const isNumber = every(
    (cell) => /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(cell) && Number.isFinite(Number(cell)),
  );
  if (every((cell) => typeof readBoolean(cell) === "boolean") && (!isNumber || new Set(filled).size === 2))
    return { type: "boolean" };
  // Digits that start with 0, or more of them than a number keeps apart, are a name and not an amount.
  if (isNumber && !filled.some((cell) => /^0\d/.test(cell) || /^\d{16,}$/.test(cell))) return { type: "number" };
  if (every((cell) => isoInstant.test(cell))) return { type: "timestamp" };
  const pattern = patterns.find(({ shape }) => every((cell) => shape.test(cell)));
  if (pattern) return { type: "timestamp", format: pattern.format };
  if (every((cell) => /^[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+$/.test(cell)))
    return { type: "number", format: "decimal_comma" };
  const separator = ["|", ";"].find((each) => filled.filter((cell) => cell.includes(each)).length > filled.length / 5);
  if (separator) return separator === "|" ? { type: "string_set" } : { type: "string_set", format: separator };
  return { type: "string" };
}

/** "SeniorCitizen" and "Senior Citizen" are `senior_citizen`; always a valid key. */
export function suggestedKey(column: string): string {
  const words = column
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  const key = (/^[a-z]/.test(words) ? words : `column_${words}`).slice(0, 63).replace(/_+$/, "");
  return keyPattern.test(key) && !reservedKeys.has(key) ? key : `${key.slice(0, 58)}_value`;
}

export type SampledColumn = { readonly name: string; readonly cells: readonly string[] };

export function suggestId(columns: readonly SampledColumn[]): string | null {
  const isUnique = ({ cells }: SampledColumn) =>
    new Set(cells.map((cell) => cell.trim())).size === cells.length && cells.every((cell) => cell.trim() !== "");
  const named = (pattern: RegExp) =>
    columns.find((column) => pattern.test(suggestedKey(column.name)) && isUnique(column));
  const found =
    named(/^((customer|client|user|account|person|member|profile|subscriber)_?)(id|no|number|key)$/) ??
    named(/^(id_value|uuid|.*_id)$/) ??
    columns.slice(0, 1).find(isUnique);
  return found?.name ?? null;
}

export function suggestRegion(columns: readonly SampledColumn[], regions: ReadonlySet<string>): string | null {
  const isKnown = (cell: string) => cell.trim() === "" || regions.has(cell.trim().toLowerCase());
  const known = columns.find(({ cells }) => cells.some((cell) => cell.trim() !== "") && cells.every(isKnown));
  return (
    known?.name ?? columns.find(({ name }) => /^(region|residence|country_of_residence)/i.test(name))?.name ?? null
  );
}

/** Yes/no columns named after a purpose, or after consent. */
export function suggestConsents(columns: readonly SampledColumn[], purposes: ReadonlySet<string>): string[] {
  return columns
    .filter(({ name, cells }) => {
      const key = suggestedKey(name);
      const speaksOfConsent = /(^|_)(consent|opt_?in|permission)(_|$)/.test(key);
      const namesPurpose = [...purposes].some((purpose) => key === purpose || key === `${purpose}_consent`);
      return (speaksOfConsent || namesPurpose) && inferType(cells).type === "boolean";
    })
    .map(({ name }) => name);
}
