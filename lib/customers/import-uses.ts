import type { Catalogue } from "../catalogue/definition";
import { DomainError } from "../errors";
import type { ImportMapping, PurposeSource } from "./import-mapping";
import {
  booleanCell,
  type ReadCell,
  type RejectCode,
  readPurposes,
  readRegion,
  readSet,
  readText,
} from "./import-values";

/** What one column is read for. A column may be read for several things. */
export type ColumnUse =
  | { readonly kind: "number" | "timestamp"; readonly column: string; readonly key: string; readonly format: string }
  | { readonly kind: "boolean"; readonly column: string; readonly key: string }
  /** `verbatim` texts are trimmed, and otherwise stay as they come. */
  | { readonly kind: "string"; readonly column: string; readonly key: string; readonly verbatim: boolean }
  | { readonly kind: "string_set"; readonly column: string; readonly key: string; readonly separator: string }
  | { readonly kind: "region"; readonly column: string; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: "granted"; readonly column: string; readonly into: PurposeSet; readonly purpose: string }
  | { readonly kind: "purposes"; readonly column: string; readonly into: PurposeSet; readonly separator: string };
export type PurposeSet = "consents" | "objections";

/** Read by SQL for every row; the others are read once for each different text. */
export type TypedUse = Extract<ColumnUse, { kind: "number" | "timestamp" }>;
export type TextUse = Exclude<ColumnUse, TypedUse>;

export function isTyped(use: ColumnUse): use is TypedUse {
  return use.kind === "number" || use.kind === "timestamp";
}

/**
 * Throws invalid or conflict for a mapping that the catalogue or the file's columns cannot serve. `verbatim` are the keys
 * of texts that are ids, which are not brought into NFC.
 */
export function columnUses(
  mapping: ImportMapping,
  catalogue: Catalogue,
  verbatim: readonly string[] = [],
): ColumnUse[] {
  requireCatalogue(mapping, catalogue);
  const { region } = mapping;
  const uses: ColumnUse[] = [];
  if (typeof region === "string") uses.push({ kind: "region", column: region, values: {} });
  else if (region && "column" in region) uses.push({ kind: "region", ...region });
  uses.push(...purposeUses("consents", mapping.consents), ...purposeUses("objections", mapping.objections));
  for (const [column, { key, type, format }] of Object.entries(mapping.attributes)) {
    if (type === "string_set") uses.push({ kind: type, column, key, separator: format ?? "|" });
    else if (type === "number" || type === "timestamp") uses.push({ kind: type, column, key, format: format ?? "" });
    else if (type === "string") uses.push({ kind: type, column, key, verbatim: verbatim.includes(key) });
    else uses.push({ kind: type, column, key });
  }
  return uses;
}

function purposeUses(into: PurposeSet, source: PurposeSource | undefined): ColumnUse[] {
  if (!source) return [];
  const columns = Object.entries(source.columns).map(
    ([column, purpose]): ColumnUse => ({ kind: "granted", column, into, purpose }),
  );
  return source.list ? [...columns, { kind: "purposes", into, ...source.list }] : columns;
}

function requireCatalogue(mapping: ImportMapping, catalogue: Catalogue): void {
  const { region, consents, objections } = mapping;
  const keys = Object.values(mapping.attributes);
  for (const { key, type } of keys) {
    const known = catalogue.attributes.get(key);
    if (!known) throw refused("unknown-attribute", `The catalogue has no attribute "${key}". Add it first.`);
    if (known.source === "computed")
      throw refused("computed-attribute", `Attribute "${key}" is computed from events; no import can set it.`);
    if (known.type !== type)
      throw refused(
        "attribute-type-changed",
        `Attribute "${key}" is a ${known.type.replace("_", " ")} in the catalogue; the import reads it as a ${type.replace("_", " ")}.`,
      );
  }
  const twice = keys.map(({ key }) => key).find((key, index, all) => all.indexOf(key) !== index);
  if (twice) throw refused("attribute-mapped-twice", `Two columns are mapped to attribute "${twice}".`);
  const regions = region && typeof region === "object" && "constant" in region ? [region.constant] : [];
  for (const key of regions)
    if (!catalogue.regions.has(key)) throw refused("unknown-region", `The catalogue has no region "${key}".`);
  for (const source of [consents, objections])
    for (const key of source ? [...Object.values(source.columns), ...source.constant] : [])
      if (!catalogue.purposes.has(key)) throw refused("unknown-purpose", `The catalogue has no purpose "${key}".`);
}

/** What a cell gives to the profile: a value, a region, or purposes. */
export type CellValue = string | boolean | readonly string[];

export function readUse(use: TextUse, cell: string, catalogue: Catalogue): ReadCell<CellValue> {
  switch (use.kind) {
    case "string":
      return { value: readText(cell, use.verbatim) };
    case "boolean":
      return booleanCell(cell);
    case "string_set":
      return { value: readSet(cell, use.separator) };
    case "region":
      return readRegion(cell, use.values, new Set(catalogue.regions.keys()));
    case "granted": {
      const read = booleanCell(cell);
      return "value" in read ? { value: read.value ? [use.purpose] : [] } : read;
    }
    case "purposes":
      return readPurposes(cell, use.separator, new Set(catalogue.purposes.keys()));
  }
}

export const typedRejects = { number: "not-a-number", timestamp: "not-a-timestamp" } as const satisfies Record<
  TypedUse["kind"],
  RejectCode
>;

function refused(reason: string, message: string): DomainError {
  return new DomainError("invalid", message, { reason });
}
