import { collectParameters, type SqlParameters } from "./sql-statement";

/** Where DuckDB keeps what a rule speaks of. Made by the engine from its own tables, never from a request. */
export type SqlLayout = {
  readonly attributes: ReadonlyMap<string, SqlColumn>;
  readonly region: CodedColumn;
  readonly consents: BitColumns;
  readonly objections: BitColumns;
};

export type SqlColumn = { readonly [S in PlainStorage]: PlainColumn<S> }[PlainStorage] | CodedColumn | BitColumns;

/** `instant` is BIGINT milliseconds, `texts` is VARCHAR[]. */
export type PlainStorage = "text" | "number" | "boolean" | "instant" | "texts";
export type PlainColumn<S extends PlainStorage> = { readonly storage: S; readonly column: string };

/** A string kept as the small number that stands for it. */
export type CodedColumn = {
  readonly storage: "code";
  readonly column: string;
  readonly codes: ReadonlyMap<string, number>;
};

/** A set kept as bits, 64 to a UBIGINT column. A missing set is NULL in the first column. */
export type BitColumns = {
  readonly storage: "bits";
  readonly columns: readonly string[];
  readonly bits: ReadonlyMap<string, number>;
};

const parameterTypes = { text: "VARCHAR", texts: "VARCHAR[]", number: "DOUBLE", instant: "BIGINT" } as const;

export function sqlParameters(): SqlParameters {
  return collectParameters((type, position) => `$${position}::${parameterTypes[type]}`);
}

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
