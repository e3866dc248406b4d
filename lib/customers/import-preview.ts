import type { Catalogue } from "../catalogue/definition";
import type { ImportPreview } from "./contract";
import {
  inferType,
  type SampledColumn,
  suggestConsents,
  suggestedKey,
  suggestId,
  suggestRegion,
} from "./import-inference";

/** What a file's head shows; rows are in the order of the columns. */
export type ImportHead = {
  readonly format: string;
  readonly gzip: boolean;
  readonly encoding: string;
  readonly delimiter: string | null;
  readonly columns: readonly string[];
  readonly head: readonly (readonly string[])[];
};

const shownRows = 20;
const samples = 5;

export function importPreview(file: ImportHead, catalogue: Catalogue): ImportPreview {
  const columns = file.columns.map(
    (name, index): SampledColumn => ({ name, cells: file.head.map((row) => row[index] ?? "") }),
  );
  const regions = new Set(catalogue.regions.keys());
  const purposes = new Set(catalogue.purposes.keys());
  const id = suggestId(columns);
  const consents = suggestConsents(columns, purposes);
  const region = suggestRegion(
    columns.filter(({ name }) => name !== id && !consents.includes(name)),
    regions,
  );
  return {
    format: file.format,
    gzip: file.gzip,
    encoding: file.encoding,
    delimiter: file.delimiter,
    columns: columns.map((column) => ({ ...previewColumn(column, catalogue) })),
    rows: file.head.slice(0, shownRows).map((row) => file.columns.map((_, index) => row[index]?.trim() || null)),
    sampledRows: file.head.length,
    suggested: { id, region, consents },
    warnings: warningsOf(file, id),
  };
}

function previewColumn({ name, cells }: SampledColumn, catalogue: Catalogue): ImportPreview["columns"][number] {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  const distinct = [...new Set(filled)];
  const key = suggestedKey(name);
  const byName = [...catalogue.attributes.values()].find((each) => each.name.toLowerCase() === name.toLowerCase());
  const attribute = catalogue.attributes.get(key) ?? byName;
  const inferred = inferType(cells);
  return {
    name,
    // "1" and "yes" are booleans to look at, but the catalogue knows better.
    ...(attribute && fits(inferred.type, attribute.type, filled) ? { type: attribute.type } : inferred),
    filled: filled.length,
    distinct: distinct.length,
    samples: distinct.slice(0, samples),
    attribute: attribute ? { key: attribute.key, type: attribute.type } : null,
    suggestedKey: attribute?.key ?? key,
  };
}

/** Whether cells that look like one type can be read as the other. */
function fits(looks: string, wanted: string, cells: readonly string[]): boolean {
  if (wanted === "number") return looks === "boolean" && cells.every((cell) => cell === "0" || cell === "1");
  return looks !== wanted && (wanted === "string" || (wanted === "string_set" && looks === "string"));
}

function warningsOf({ columns, head, delimiter, encoding }: ImportHead, id: string | null): string[] {
  const warnings: string[] = [];
  if (columns.length === 1 && delimiter !== null)
    warnings.push(`Only one column was found. Is it separated by something other than comma, semicolon, tab or |?`);
  if (encoding !== "utf-8") warnings.push(`The file is ${encoding}, not UTF-8; it is converted.`);
  const short = head.filter((row) => row.length !== columns.length).length;
  if (short > 0) warnings.push(`${short} of the first ${head.length} rows have more or fewer columns than the header.`);
  if (id === null) warnings.push("No column has a different value in every row, as an id has.");
  return warnings;
}
