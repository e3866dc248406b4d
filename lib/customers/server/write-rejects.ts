import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { csvLine } from "../../csv-line";
import { maxIdLength } from "../import-staging";
import { type ColumnUse, isTyped, typedRejects } from "../import-uses";
import { type RejectCode, shown } from "../import-values";
import type { BadText } from "./read-texts";
import { type RecordStart, recordStarts } from "./record-lines";
import type { Staged } from "./stage-import";

export type Reject = {
  /** In the file, from 1; for Parquet the row. */
  readonly line: number;
  readonly customer: string;
  readonly column: string;
  readonly value: string;
  readonly code: RejectCode;
  readonly message: string;
};

export type RejectSummary = {
  readonly rejected: number;
  readonly rejectedBy: ReadonlyMap<string, number>;
  readonly first: readonly Reject[];
};

const firstRejects = 20;

/** Writes all rejects as CSV in the order of lines. No file is written when there are none. */
export async function writeRejects(
  connection: DuckDBConnection,
  staged: Staged,
  id: string,
  uses: readonly ColumnUse[],
  bad: ReadonlyMap<number, ReadonlyMap<string, BadText>>,
  path: string,
): Promise<RejectSummary> {
  const first: Reject[] = [];
  const rejectedBy = new Map<string, number>();
  let rejected = 0;
  if (staged.lineRejects.length === 0 && !(await hasBadRows(connection))) return { rejected, rejectedBy, first };
  const rejects = rejectsInOrder(connection, staged, id, uses, bad);
  let next = await rejects.next();
  if (next.done) return { rejected, rejectedBy, first };
  // A pipeline, so that a disk that takes no more fails the import, whenever it shows.
  await pipeline(
    async function* () {
      yield csvLine(["line", "customer", "column", "value", "code", "message"]);
      for (; !next.done; next = await rejects.next()) {
        const { line, customer, column, value, code, message } = next.value;
        rejected++;
        rejectedBy.set(code, (rejectedBy.get(code) ?? 0) + 1);
        if (first.length < firstRejects) first.push(next.value);
        yield csvLine([line, customer, column, value, code, message]);
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  );
  return { rejected, rejectedBy, first };
}

async function hasBadRows(connection: DuckDBConnection): Promise<boolean> {
  const found = await connection.runAndReadAll("SELECT 1 FROM staging WHERE bad <> 0 LIMIT 1");
  return found.currentRowCount > 0;
}

/** The file's records and the staged rows run side by side: a record is the next line reject or the next row. */
async function* rejectsInOrder(
  connection: DuckDBConnection,
  staged: Staged,
  id: string,
  uses: readonly ColumnUse[],
  bad: ReadonlyMap<number, ReadonlyMap<string, BadText>>,
): AsyncGenerator<Reject> {
  const rows = badRows(connection, id, uses, bad);
  let next = (await rows.next()).value;
  let row = 0;
  let at = 0;
  for await (const { line, position } of recordsOf(staged)) {
    const lineReject = staged.lineRejects[at];
    if (lineReject && position >= lineReject.position) {
      at++;
      if (!lineReject.isBlank) yield { ...unsplitLine(lineReject.kind), line };
      continue;
    }
    if (next?.row === row) {
      yield { ...next.reject, line };
      next = (await rows.next()).value;
    }
    row++;
    if (!next && at === staged.lineRejects.length) return;
  }
}

type UnplacedReject = Omit<Reject, "line">;

async function* badRows(
  connection: DuckDBConnection,
  id: string,
  uses: readonly ColumnUse[],
  bad: ReadonlyMap<number, ReadonlyMap<string, BadText>>,
): AsyncGenerator<{ row: number; reject: UnplacedReject }, undefined> {
  const result = await connection.stream(
    "SELECT rowid, id, unreadable, bad, bad_value FROM staging WHERE bad <> 0 ORDER BY rowid",
  );
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return undefined;
    for (const [row, customer, unreadable, fault, cell] of chunk.getRows()) {
      const value = cell === null || cell === undefined ? "" : String(cell);
      const reason = reasonOf(Number(fault) - 2, value, unreadable === true, customer === null, id, uses, bad);
      yield { row: Number(row), reject: { customer: customer === null ? "" : shown(String(customer)), ...reason } };
    }
  }
}

function recordsOf({ source }: Staged): AsyncIterable<RecordStart> {
  if (source.format === "parquet") return rowNumbers();
  return recordStarts(source.path, { header: source.delimiter !== null, delimiter: source.delimiter });
}

async function* rowNumbers(): AsyncGenerator<RecordStart> {
  for (let line = 1; ; line++) yield { line, position: line };
}

type Reason = Pick<Reject, "column" | "value" | "code" | "message">;

function reasonOf(
  index: number,
  value: string,
  unreadable: boolean,
  noId: boolean,
  id: string,
  uses: readonly ColumnUse[],
  bad: ReadonlyMap<number, ReadonlyMap<string, BadText>>,
): Reason {
  const use = uses[index];
  if (unreadable) return { column: "", value: "", code: "not-json", message: "The line is not one JSON object." };
  if (!use && noId)
    return { column: id, value: "", code: "no-id", message: `Column "${id}" is blank: every row has an id.` };
  if (!use)
    return { column: id, value: "", code: "id-too-long", message: `The id is longer than ${maxIdLength} characters.` };
  const found = bad.get(index)?.get(value);
  if (found) return { column: use.column, value, ...found };
  const code = isTyped(use) ? typedRejects[use.kind] : "not-a-boolean";
  const what = code === "not-a-number" ? "a number" : "a timestamp";
  return {
    column: use.column,
    value,
    code,
    message: `"${shown(value.trim())}" in column "${use.column}" is not ${what}.`,
  };
}

function unsplitLine(kind: string): UnplacedReject {
  const base = { customer: "", column: "", value: "" };
  if (kind === "INVALID ENCODING")
    return { ...base, code: "not-utf8", message: "The line holds bytes that are not UTF-8." };
  const why: Record<string, string> = {
    "MISSING COLUMNS": "The line has fewer columns than the header.",
    "TOO MANY COLUMNS": "The line has more columns than the header.",
    "UNQUOTED VALUE": "A quote is opened and not closed, or closed before the end of its value.",
    "LINE SIZE OVER MAXIMUM": "The line is longer than 2 MB.",
  };
  return { ...base, code: "unreadable-line", message: why[kind] ?? `The line cannot be read (${kind.toLowerCase()}).` };
}
