import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalogue } from "../../catalogue/definition";
import { boundValues } from "../../engine/server/run-statement";
import { rawColumn } from "../import-staging";
import { type CellValue, type ColumnUse, isTyped, readUse, type TextUse } from "../import-uses";
import type { RejectCode } from "../import-values";
import { refused } from "./import-source";

/** Up to so many different texts are read one by one; more of them are read by SQL. */
const mostTexts = 60_000;
const sampledRows = 150_000;

/** What each different text of a column comes to, in the order of the ENUM type `name`; null when there are too many. */
export type ReadTexts = {
  readonly use: TextUse;
  readonly raw: string;
  readonly name: string;
  readonly values: readonly (CellValue | null)[] | null;
};
export type BadText = { readonly code: RejectCode; readonly message: string };

/** Reads each different text once. Rows that hold a text that cannot be read are marked as bad in staging. */
export async function readTexts(
  connection: DuckDBConnection,
  columns: readonly string[],
  uses: readonly ColumnUse[],
  catalogue: Catalogue,
): Promise<{ texts: ReadTexts[]; bad: Map<number, Map<string, BadText>> }> {
  const texts: ReadTexts[] = [];
  const bad = new Map<number, Map<string, BadText>>();
  const distinct = new Map<string, readonly string[] | null>();
  for (const [index, use] of uses.entries()) {
    if (isTyped(use)) continue;
    const raw = rawColumn(columns, use.column);
    const name = `texts_${raw}`;
    const found = distinct.has(raw) ? distinct.get(raw) : await distinctTexts(connection, raw, name);
    distinct.set(raw, found ?? null);
    if (!found && use.kind !== "string" && use.kind !== "string_set") throw tooMany(use);
    const read = found?.map((text) => readUse(use, text, catalogue));
    const values = read?.map((cell) => ("value" in cell ? cell.value : null)) ?? null;
    texts.push({ use, raw, name, values });
    const faults = new Map(
      (found ?? []).flatMap((text, at) => {
        const cell = read?.[at];
        return cell && "code" in cell ? [[text, cell] as const] : [];
      }),
    );
    if (faults.size === 0) continue;
    bad.set(index, faults);
    await markBad(connection, raw, index, [...faults.keys()]);
  }
  return { texts, bad };
}

async function distinctTexts(connection: DuckDBConnection, raw: string, name: string): Promise<string[] | null> {
  const counted = await connection.runAndReadAll(
    `SELECT count(DISTINCT ${raw}) FROM (SELECT ${raw} FROM staging LIMIT ${sampledRows})`,
  );
  if (Number(counted.getRows()[0]?.[0]) > mostTexts) return null;
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${name} AS SELECT text, row_number() OVER () AS position
     FROM (SELECT DISTINCT ${raw} AS text FROM staging WHERE ${raw} IS NOT NULL)`,
  );
  const reader = await connection.runAndReadAll(`SELECT text FROM ${name} ORDER BY position LIMIT ${mostTexts + 1}`);
  return reader.currentRowCount > mostTexts ? null : reader.getRows().map(([text]) => String(text));
}

async function markBad(connection: DuckDBConnection, raw: string, index: number, texts: readonly string[]) {
  const { values, types } = boundValues([{ type: "texts", value: texts }]);
  await connection.run(
    `UPDATE staging SET bad = ${index + 2}, bad_value = ${raw} WHERE bad = 0 AND ${raw} IN (SELECT unnest($1))`,
    values,
    types,
  );
}

function tooMany(use: TextUse) {
  const what = use.kind === "boolean" ? "yes or no" : use.kind === "region" ? "regions" : "consents";
  return refused(
    "unfit-column",
    `Column "${use.column}" is mapped to ${what} and holds more than ${mostTexts.toLocaleString("en")} different values. Is it the right column?`,
  );
}
