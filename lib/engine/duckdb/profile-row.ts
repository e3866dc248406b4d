import type { AttributeValue, Profile } from "../../rules/definition";
import type { BitColumns, SqlColumn } from "../../rules/duckdb-layout";
import type { Layout } from "./layout";

/** A value as DuckDB's client takes and gives it; a list of texts stands for VARCHAR[]. */
export type Cell = string | number | boolean | bigint | readonly string[] | null;

/** The cells of `profileColumns(layout)`, in that order. All values must be in the layout's dictionaries. */
export function profileRow(profile: Profile, layout: Layout): Cell[] {
  const row: Cell[] = [profile.id, profile.region === undefined ? null : codeOf(layout.region.codes, profile.region)];
  row.push(...words(layout.consents, profile.consents), ...words(layout.objections, profile.objections));
  for (const [key, column] of layout.attributes) row.push(...cells(column, profile.attributes[key]));
  return row;
}

export function profileOf(cellOf: (column: string) => Cell, layout: Layout): Profile {
  const attributes: Record<string, AttributeValue> = {};
  for (const [key, column] of layout.attributes) {
    const value = readValue(column, cellOf);
    if (value !== undefined) attributes[key] = value;
  }
  const region = readValue(layout.region, cellOf);
  return {
    id: String(cellOf("id")),
    ...(typeof region === "string" ? { region } : {}),
    consents: setOf(layout.consents, cellOf),
    objections: setOf(layout.objections, cellOf),
    attributes,
  };
}

function cells(column: SqlColumn, value: AttributeValue | undefined): Cell[] {
  if (column.storage === "bits") return Array.isArray(value) ? words(column, value) : column.columns.map(() => null);
  if (value === undefined) return [null];
  if (column.storage === "code") return [codeOf(column.codes, String(value))];
  if (column.storage === "instant") return [BigInt(Number(value))];
  return [value];
}

function words({ columns, bits }: BitColumns, values: readonly string[]): bigint[] {
  const masks = columns.map(() => 0n);
  for (const value of values) {
    const bit = codeOf(bits, value);
    masks[bit >> 6] = (masks[bit >> 6] ?? 0n) | (1n << BigInt(bit & 63));
  }
  return masks;
}

function codeOf(codes: ReadonlyMap<string, number>, value: string): number {
  const code = codes.get(value);
  if (code === undefined) throw new Error(`The value "${value}" is not in its dictionary.`);
  return code;
}

function readValue(column: SqlColumn, cellOf: (column: string) => Cell): AttributeValue | undefined {
  if (column.storage === "bits") return cellOf(column.columns[0] ?? "") === null ? undefined : setOf(column, cellOf);
  const cell = cellOf(column.column);
  if (cell === null) return undefined;
  if (column.storage === "code") return nameOf(column.codes, Number(cell));
  return typeof cell === "bigint" ? Number(cell) : cell;
}

function setOf({ columns, bits }: BitColumns, cellOf: (column: string) => Cell): string[] {
  const masks = columns.map((column) => asBits(cellOf(column)));
  return [...bits].flatMap(([value, bit]) => (((masks[bit >> 6] ?? 0n) >> BigInt(bit & 63)) & 1n ? [value] : []));
}

function asBits(cell: Cell): bigint {
  return typeof cell === "bigint" ? cell : 0n;
}

/** The value that a code stands for. */
export function nameOf(codes: ReadonlyMap<string, number>, wanted: number): string | undefined {
  let names = namesOf.get(codes);
  if (!names) {
    names = new Map([...codes].map(([value, code]) => [code, value]));
    namesOf.set(codes, names);
  }
  return names.get(wanted);
}

/** A layout's dictionaries never change: a grown one is another. */
const namesOf = new WeakMap<ReadonlyMap<string, number>, ReadonlyMap<number, string>>();
