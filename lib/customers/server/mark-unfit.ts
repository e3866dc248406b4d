import type { DuckDBConnection } from "@duckdb/node-api";
import { rawColumn, textSql } from "../import-staging";
import { type ColumnUse, isTyped } from "../import-uses";
import type { BadText } from "./read-texts";

/** What rows must have beyond cells that can be read. */
export type RowDemands = {
  /** Keys of attributes that may not be blank. */
  readonly required: readonly string[];
  /** Why they may not, as the end of a sentence. */
  readonly because: string;
  /** Keys of texts that are ids: see `columnUses`. */
  readonly verbatim: readonly string[];
  /** No number may be larger, or smaller than its negative. */
  readonly largestNumber: number;
};

type StagedRows = {
  readonly columns: readonly string[];
  readonly uses: readonly ColumnUse[];
  /** By use, and by what the cell says. */
  readonly bad: Map<number, Map<string, BadText>>;
};

/** Marks rows of staging that lack what is demanded as bad, and adds why to `bad`. */
export async function markUnfit(
  connection: DuckDBConnection,
  { columns, uses, bad }: StagedRows,
  { required, because, largestNumber }: RowDemands,
): Promise<void> {
  for (const [index, use] of uses.entries()) {
    if (!("key" in use)) continue;
    const mark = async (value: string, where: string, reasons: (value: string) => BadText) => {
      const reader = await connection.runAndReadAll(
        `UPDATE staging SET bad = ${index + 2}, bad_value = ${value} WHERE bad = 0 AND ${where} RETURNING bad_value`,
      );
      const found = bad.get(index) ?? new Map<string, BadText>();
      for (const [text] of reader.getRows()) found.set(String(text), reasons(String(text)));
      if (found.size > 0) bad.set(index, found);
    };
    if (use.kind === "number")
      await mark(`u${index}::VARCHAR`, `abs(u${index}) > ${largestNumber}`, (value) => ({
        ...{ code: "not-a-number", message: `${value} in column "${use.column}" is beyond ${largestNumber}.` },
      }));
    if (!required.includes(use.key)) continue;
    const cell = isTyped(use) ? `u${index}` : textSql(rawColumn(columns, use.column));
    await mark("''", `${cell} IS NULL`, () => ({
      ...{ code: "no-value", message: `Column "${use.column}" is blank: ${because}.` },
    }));
  }
}
