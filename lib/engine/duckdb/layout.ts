import type { AttributeType } from "../../catalogue/definition";
import type { BitColumns, SqlColumn, SqlLayout } from "../../rules/duckdb-layout";

/** What the engine keeps of itself: a row for each stored attribute, and the values that codes and bits stand for. */
export type StoredLayout = {
  readonly attributes: readonly { readonly key: string; readonly type: AttributeType; readonly storage: Storage }[];
  readonly dictionary: readonly { readonly owner: string; readonly code: number; readonly value: string }[];
};

export type Storage = SqlColumn["storage"];

export type Layout = SqlLayout & {
  readonly types: ReadonlyMap<string, AttributeType>;
  readonly purposes: ReadonlyMap<string, number>;
};

/** Beyond so many different values a string is kept as text, and a set as a list of texts. */
export const dictionaryLimits: DictionaryLimits = { code: 4_096, bits: 512 };
export type DictionaryLimits = { readonly code: number; readonly bits: number };

export const firstStorage = {
  string: "code",
  number: "number",
  boolean: "boolean",
  timestamp: "instant",
  string_set: "bits",
} as const satisfies Record<AttributeType, Storage>;

export const columnTypes = {
  code: "USMALLINT",
  text: "VARCHAR",
  number: "DOUBLE",
  boolean: "BOOLEAN",
  instant: "BIGINT",
  bits: "UBIGINT",
  texts: "VARCHAR[]",
} as const satisfies Record<Storage, string>;

export const regionOwner = "region";
export const purposeOwner = "purpose";

export function attributeOwner(key: string): string {
  return `attribute:${key}`;
}

/** Named after the storage too, so that a statement made for another storage fails instead of misreading. */
export function attributeColumn(key: string, storage: Storage): string {
  return storage === "bits" ? bitColumn(`${key}:bits`, 0) : `${key}:${storage}`;
}

export function bitColumn(prefix: string, word: number): string {
  return `${prefix}:${word}`;
}

/** How many columns of 64 bits a set with so many different values takes: at least one. */
export function wordsFor(values: number): number {
  return Math.max(1, Math.ceil(values / 64));
}

export function layoutOf(stored: StoredLayout): Layout {
  const dictionaries = new Map<string, Map<string, number>>();
  for (const { owner, code, value } of stored.dictionary) {
    const dictionary = dictionaries.get(owner) ?? new Map<string, number>();
    dictionaries.set(owner, dictionary.set(value, code));
  }
  const dictionaryOf = (owner: string) => dictionaries.get(owner) ?? new Map<string, number>();
  const purposes = dictionaryOf(purposeOwner);
  const columnOf = (key: string, storage: Storage): SqlColumn => {
    const values = dictionaryOf(attributeOwner(key));
    if (storage === "bits") return bitColumns(`${key}:bits`, values);
    const column = attributeColumn(key, storage);
    return storage === "code" ? { storage, column, codes: values } : { storage, column };
  };
  return {
    types: new Map(stored.attributes.map(({ key, type }) => [key, type])),
    attributes: new Map(stored.attributes.map(({ key, storage }) => [key, columnOf(key, storage)])),
    region: { storage: "code", column: "region", codes: dictionaryOf(regionOwner) },
    purposes,
    consents: bitColumns("consents", purposes),
    objections: bitColumns("objections", purposes),
  };
}

function bitColumns(prefix: string, bits: ReadonlyMap<string, number>): BitColumns {
  const columns = Array.from({ length: wordsFor(bits.size) }, (_, word) => bitColumn(prefix, word));
  return { storage: "bits", columns, bits };
}

/** Every column of `profiles` that the layout knows, with its type. */
export function profileColumns(layout: Layout): readonly { readonly name: string; readonly column: SqlColumn }[] {
  const sets = [layout.consents, layout.objections, ...layout.attributes.values()];
  return [
    { name: "id", column: { storage: "text", column: "id" } },
    { name: "region", column: layout.region },
    ...sets.flatMap((column) =>
      (column.storage === "bits" ? column.columns : [column.column]).map((name) => ({ name, column })),
    ),
  ];
}
