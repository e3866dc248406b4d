import type { DuckDBConnection } from "@duckdb/node-api";
import { interruptible } from "../../engine/server/run-statement";
import type { ImportMapping } from "../import-mapping";
import { mappedColumns } from "../import-mapping";
import { stagingSql } from "../import-staging";
import type { ColumnUse } from "../import-uses";
import { convertToUtf8, isSingleByte } from "./import-encoding";
import { firstLine, readerSql, rejectTables } from "./import-reader";
import { type ImportSource, refused } from "./import-source";

/** A line that DuckDB could not split, at or before whose start `position` lies. One of blanks is no reject. */
export type LineReject = { readonly position: number; readonly kind: string; readonly isBlank: boolean };

export type Staged = {
  readonly source: ImportSource;
  /** `r1`, `r2`, … of staging, by position. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** Lines that could not be split into columns; they are not in staging. */
  readonly lineRejects: readonly LineReject[];
};

export type StageOptions = {
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (rows: number) => void;
};

const progressEveryMs = 150;

/** Reads the file once, into the temporary table `staging`. */
export async function stageImport(
  connection: DuckDBConnection,
  source: ImportSource,
  mapping: ImportMapping,
  uses: readonly ColumnUse[],
  options: StageOptions,
): Promise<Staged> {
  const columns = mappedColumns(mapping).slice(1);
  const known = uses.some((use) => use.column === mapping.id) ? [...columns, mapping.id] : columns;
  const staged = await readInto(connection, source, mapping.id, known, uses, options);
  const badBytes = staged.lineRejects.some(({ kind }) => kind === "INVALID ENCODING");
  if (!badBytes || source.format === "parquet" || !(await isSingleByte(source.path))) return staged;

  const path = `${source.workFolder}/utf8`;
  await convertToUtf8(source.path, path, "windows-1252", options.signal);
  const converted: ImportSource = { ...source, path, encoding: "windows-1252" };
  return readInto(connection, converted, mapping.id, known, uses, options);
}

async function readInto(
  connection: DuckDBConnection,
  source: ImportSource,
  id: string,
  columns: readonly string[],
  uses: readonly ColumnUse[],
  { signal, onProgress }: StageOptions,
): Promise<Staged> {
  const reader = await readerSql(connection, source, id, columns, uses);
  for (const table of ["staging", rejectTables.errors, rejectTables.scans])
    await connection.run(`DROP TABLE IF EXISTS temp.${table}`);
  const expected = expectedRows(source);
  const timer = setInterval(
    () => onProgress(Math.floor(connection.progress.percentage * 0.01 * expected)),
    progressEveryMs,
  );
  try {
    const sql = `CREATE TEMP TABLE staging AS ${stagingSql(reader, columns, uses)}`;
    await interruptible(connection, { signal }, () => connection.run(sql));
  } catch (error) {
    signal?.throwIfAborted();
    throw refused("unreadable-file", `The file cannot be read: ${firstLine(error)}`);
  } finally {
    clearInterval(timer);
  }
  const counted = await connection.runAndReadAll("SELECT count(*) FROM staging");
  return {
    source,
    columns,
    rows: Number(counted.getRows()[0]?.[0]),
    lineRejects: source.format === "parquet" ? [] : await readLineRejects(connection),
  };
}

async function readLineRejects(connection: DuckDBConnection): Promise<LineReject[]> {
  const reader = await connection.runAndReadAll(
    `SELECT line_byte_position, min_by(error_type::VARCHAR, column_idx), trim(any_value(csv_line)) = ''
     FROM temp.${rejectTables.errors} GROUP BY line_byte_position ORDER BY line_byte_position`,
  );
  return reader.getRows().map(([position, kind, isBlank]) => ({
    position: Number(position) - 1,
    kind: String(kind),
    isBlank: isBlank === true,
  }));
}

function expectedRows({ head, bytes }: ImportSource): number {
  const sampled = head.reduce((total, row) => total + row.reduce((length, cell) => length + cell.length + 1, 0), 0);
  return sampled === 0 ? 0 : (bytes / sampled) * head.length;
}
