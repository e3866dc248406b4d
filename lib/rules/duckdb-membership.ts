import { type BitColumns, type CodedColumn, quoteIdentifier } from "./duckdb-layout";
import type { SqlParameters } from "./sql-statement";

/** Up to so many values are compared one by one; beyond, DuckDB probes a hash table. */
const fewValues = 3;

export function textIn(column: string, values: readonly string[], parameters: SqlParameters): string {
  const distinct = [...new Set(values)].filter((value) => value.isWellFormed());
  if (distinct.length === 0) return "FALSE";
  if (distinct.length > fewValues)
    return `${column} IN (SELECT unnest(${parameters.add({ type: "texts", value: distinct })}))`;
  return either(distinct.map((value) => `${column} = ${parameters.add({ type: "text", value })}`));
}

/** Codes come from the layout, so they are written into the statement. */
export function codeIn({ column, codes }: CodedColumn, wanted: readonly number[]): string {
  const distinct = [...new Set(wanted)];
  const name = quoteIdentifier(column);
  if (distinct.length === 0) return "FALSE";
  if (distinct.length === codes.size) return `${name} IS NOT NULL`;
  if (distinct.length <= fewValues) return either(distinct.map((code) => `${name} = ${code}`));
  if (codes.size <= 64) {
    const mask = distinct.reduce((bits, code) => bits | (1n << BigInt(code)), 0n);
    return `(${mask}::UBIGINT >> ${name}::UBIGINT) & 1::UBIGINT = 1::UBIGINT`;
  }
  return `${name} IN (SELECT unnest([${distinct.join(",")}]::USMALLINT[]))`;
}

export function anyBit(set: BitColumns, values: readonly string[]): string {
  const tests = [...masksOf(set, values)].map(
    ([word, mask]) => `(${wordColumn(set, word)} & ${mask}::UBIGINT) <> 0::UBIGINT`,
  );
  return tests.length === 0 ? "FALSE" : either(tests);
}

export function allBits(set: BitColumns, values: readonly string[]): string {
  if (values.some((value) => !set.bits.has(value))) return "FALSE";
  return [...masksOf(set, values)]
    .map(([word, mask]) => `(${wordColumn(set, word)} & ${mask}::UBIGINT) = ${mask}::UBIGINT`)
    .join(" AND ");
}

export function textsHoldAny(column: string, values: readonly string[], parameters: SqlParameters): string {
  const distinct = [...new Set(values)].filter((value) => value.isWellFormed());
  if (distinct.length === 0) return "FALSE";
  if (distinct.length > fewValues)
    return `list_has_any(${column}, ${parameters.add({ type: "texts", value: distinct })})`;
  return either(distinct.map((value) => `list_contains(${column}, ${parameters.add({ type: "text", value })})`));
}

export function textsHoldAll(column: string, values: readonly string[], parameters: SqlParameters): string {
  if (values.some((value) => !value.isWellFormed())) return "FALSE";
  const distinct = [...new Set(values)];
  if (distinct.length > fewValues)
    return `list_has_all(${column}, ${parameters.add({ type: "texts", value: distinct })})`;
  return distinct.map((value) => `list_contains(${column}, ${parameters.add({ type: "text", value })})`).join(" AND ");
}

function masksOf(set: BitColumns, values: readonly string[]): ReadonlyMap<number, bigint> {
  const masks = new Map<number, bigint>();
  for (const value of values) {
    const bit = set.bits.get(value);
    if (bit === undefined) continue;
    masks.set(bit >> 6, (masks.get(bit >> 6) ?? 0n) | (1n << BigInt(bit & 63)));
  }
  return masks;
}

function wordColumn(set: BitColumns, word: number): string {
  return quoteIdentifier(set.columns[word] ?? "");
}

function either(tests: readonly string[]): string {
  return tests.length === 1 ? (tests[0] ?? "FALSE") : `(${tests.join(" OR ")})`;
}
