import {
  BOOLEAN,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  UBIGINT,
  USMALLINT,
  VARCHAR,
} from "@duckdb/node-api";
import { importColumn } from "../../engine/duckdb/imported";
import { type Layout, profileColumns } from "../../engine/duckdb/layout";
import { profileSpotSql, spotColumn } from "../../engine/duckdb/profile-spot";
import { type BitColumns, quoteIdentifier } from "../../rules/duckdb-layout";
import type { ImportMapping } from "../import-mapping";
import { rawColumn, textSql, textsSql } from "../import-staging";
import { type ColumnUse, isTyped, type PurposeSet } from "../import-uses";
import type { ReadTexts } from "./read-texts";

/** The values of an INSERT from staging, by column of `profiles`; what is not among them stays as it is. */
export type Assignments = {
  readonly sqlByColumn: ReadonlyMap<string, string>;
  readonly values: readonly DuckDBValue[];
  readonly types: readonly DuckDBType[];
};

/** `old` is the customer's row before the import, when `keepsOld`. Every value must be in the layout. */
export function assignments(
  mapping: ImportMapping,
  columns: readonly string[],
  uses: readonly ColumnUse[],
  texts: readonly ReadTexts[],
  layout: Layout,
  keepsOld: boolean,
): Assignments {
  const sqlByColumn = new Map<string, string>([["id", "staging.id"]]);
  const values: DuckDBValue[] = [];
  const types: DuckDBType[] = [];
  /** The staged text, looked up in a list of what each different text comes to. */
  const lookUp = ({ raw, name }: ReadTexts, type: DuckDBType, cells: readonly DuckDBValue[]) => {
    values.push(listValue(cells));
    types.push(LIST(type));
    return `$${values.length}[enum_code(staging.${raw}::${name})::BIGINT + 1]`;
  };

  const region = mapping.region;
  if (typeof region === "object" && "constant" in region)
    sqlByColumn.set("region", String(layout.region.codes.get(region.constant)));
  for (const [index, use] of uses.entries()) {
    const read = texts.find((each) => each.use === use);
    if (isTyped(use)) {
      const column = layout.attributes.get(use.key);
      if (column && column.storage !== "bits") sqlByColumn.set(column.column, `staging.u${index}`);
    } else if (use.kind === "region" && read) {
      const codes = cellsOf(read).map((value) => layout.region.codes.get(String(value)) ?? null);
      sqlByColumn.set("region", lookUp(read, USMALLINT, codes));
    } else if ("key" in use && read) {
      for (const [column, sql] of attributeSql(use, read, layout, columns, lookUp)) sqlByColumn.set(column, sql);
    }
  }
  for (const into of ["consents", "objections"] as const)
    for (const [column, sql] of purposeSql(into, mapping, texts, layout, keepsOld, lookUp))
      sqlByColumn.set(column, sql);
  return { sqlByColumn, values, types };
}

type LookUp = (read: ReadTexts, type: DuckDBType, cells: readonly DuckDBValue[]) => string;
type AttributeUse = Extract<ColumnUse, { kind: "string" | "boolean" | "string_set" }>;

function attributeSql(
  use: AttributeUse,
  read: ReadTexts,
  layout: Layout,
  columns: readonly string[],
  lookUp: LookUp,
): [string, string][] {
  const column = layout.attributes.get(use.key);
  if (!column) return [];
  const raw = `staging.${rawColumn(columns, use.column)}`;
  const cells = cellsOf(read);
  switch (column.storage) {
    case "code":
      return [
        [
          column.column,
          lookUp(
            read,
            USMALLINT,
            cells.map((value) => (typeof value === "string" ? (column.codes.get(value) ?? null) : null)),
          ),
        ],
      ];
    case "bits":
      return column.columns.map((name, word) => [
        name,
        lookUp(
          read,
          UBIGINT,
          cells.map((value) => (Array.isArray(value) ? wordOf(column, value, word) : null)),
        ),
      ]);
    case "text":
      return [
        [
          column.column,
          read.values
            ? lookUp(
                read,
                VARCHAR,
                cells.map((value) => (typeof value === "string" ? value : null)),
              )
            : textSql(raw, use.kind === "string" && use.verbatim),
        ],
      ];
    case "texts":
      return [[column.column, textsSql(raw, use.kind === "string_set" ? use.separator : "|")]];
    case "boolean":
      return [
        [
          column.column,
          lookUp(
            read,
            BOOLEAN,
            cells.map((value) => (typeof value === "boolean" ? value : null)),
          ),
        ],
      ];
    default:
      return [];
  }
}

/** Bits of the mapped purposes are replaced, those of the others kept; a list of purposes replaces all. */
function purposeSql(
  into: PurposeSet,
  mapping: ImportMapping,
  texts: readonly ReadTexts[],
  layout: Layout,
  keepsOld: boolean,
  lookUp: LookUp,
): [string, string][] {
  const source = mapping[into];
  if (!source) return keepsOld ? [] : layout[into].columns.map((name) => [name, "0"]);
  const set = layout[into];
  const reads = texts.filter(({ use }) => (use.kind === "granted" || use.kind === "purposes") && use.into === into);
  const mapped = [...Object.values(source.columns), ...source.constant];
  return set.columns.map((name, word) => {
    const parts = reads.map((read) => {
      const cells = cellsOf(read).map((value) => (Array.isArray(value) ? wordOf(set, value, word) : 0n));
      return `coalesce(${lookUp(read, UBIGINT, cells)}, 0)`;
    });
    const kept =
      keepsOld && !source.list
        ? [`(coalesce(old.${quoteIdentifier(name)}, 0) & ${(2n ** 64n - 1n) ^ wordOf(set, mapped, word)}::UBIGINT)`]
        : [];
    return [name, [`${wordOf(set, source.constant, word)}::UBIGINT`, ...kept, ...parts].join(" | ")];
  });
}

function cellsOf(read: ReadTexts): NonNullable<ReadTexts["values"]> {
  return read.values ?? [];
}

function wordOf({ bits }: BitColumns, values: readonly string[], word: number): bigint {
  return values.reduce((mask, value) => {
    const bit = bits.get(value);
    return bit !== undefined && bit >> 6 === word ? mask | (1n << BigInt(bit & 63)) : mask;
  }, 0n);
}

export type Merging = {
  /** Whether there were customers before. */
  readonly keepsOld: boolean;
  /** What those carry who come with the import; see `importColumn`. */
  readonly importNo: number | undefined;
};

/** Replaces the staged customers in `profiles`; runs in the caller's transaction. Gives how many were known before. */
export async function mergeStaged(
  connection: DuckDBConnection,
  layout: Layout,
  assigned: Assignments,
  { keepsOld, importNo }: Merging,
): Promise<number> {
  const stored = profileColumns(layout).map(({ name }) => name);
  const names = [...stored, importColumn, spotColumn];
  const came = `${importNo ?? "NULL"}::INTEGER`;
  const cells = [
    ...stored.map((name) => assigned.sqlByColumn.get(name) ?? (keepsOld ? `old.${quoteIdentifier(name)}` : "NULL")),
    keepsOld ? `CASE WHEN old.id IS NULL THEN ${came} END` : came,
    profileSpotSql("staging.id"),
  ];
  let known = 0;
  if (keepsOld) {
    await connection.run(
      "CREATE OR REPLACE TEMP TABLE old AS SELECT * FROM profiles WHERE id IN (SELECT id FROM staging WHERE bad = 0)",
    );
    const deleted = await connection.run("DELETE FROM profiles WHERE id IN (SELECT id FROM staging WHERE bad = 0)");
    known = deleted.rowsChanged;
  }
  const join = keepsOld ? "LEFT JOIN old ON old.id = staging.id" : "";
  await connection.run(
    `INSERT INTO profiles (${names.map(quoteIdentifier).join(", ")}) SELECT ${cells.join(", ")} FROM staging ${join} WHERE staging.bad = 0`,
    [...assigned.values],
    [...assigned.types],
  );
  return known;
}
