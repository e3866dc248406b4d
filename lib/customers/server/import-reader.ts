import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { quoteIdentifier } from "../../rules/duckdb-layout";
import type { ColumnUse } from "../import-uses";
import { listMark } from "../import-values";
import { type ImportSource, refused } from "./import-source";

/** A SELECT of the id as `r0`, the columns as `r1`, …, all as texts, and `unreadable`; blank cells are NULL. */
export async function readerSql(
  connection: DuckDBConnection,
  source: ImportSource,
  id: string,
  columns: readonly string[],
  uses: readonly ColumnUse[],
): Promise<string> {
  const wanted = [id, ...columns];
  const known = source.format === "parquet" ? await parquetColumns(connection, source.path) : source.columns;
  requireColumns(wanted, known, source);
  if (source.format === "parquet") return parquetReader(connection, source.path, wanted);
  if (source.format === "ndjson") return jsonReader(source.path, wanted, uses);
  return csvReader(source, wanted);
}

/** Tables in which DuckDB notes the lines that it could not split into columns. */
export const rejectTables = { errors: "line_errors", scans: "line_scans" };

function csvReader(source: ImportSource, wanted: readonly string[]): string {
  const types = source.columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  const cells = wanted.map((column, index) => `c${source.columns.indexOf(column)} AS r${index}`);
  return `SELECT FALSE AS unreadable, ${cells.join(", ")} FROM read_csv(${quoteText(source.path)}, auto_detect = false,
    header = true, columns = {${types}}, delim = ${quoteText(source.delimiter ?? ",")}, quote = '"', escape = '"',
    store_rejects = true, rejects_limit = 0, rejects_table = '${rejectTables.errors}', rejects_scan = '${rejectTables.scans}')`;
}

/** Each line is parsed once, into the wanted members. */
function jsonReader(path: string, wanted: readonly string[], uses: readonly ColumnUse[]): string {
  const isSet = (column: string) =>
    uses.some((use) => use.column === column && (use.kind === "string_set" || use.kind === "purposes"));
  const structure = JSON.stringify(
    Object.fromEntries([...new Set(wanted)].map((column) => [column, isSet(column) ? "JSON" : "VARCHAR"])),
  );
  const cells = wanted.map((column, index) => {
    const member = `object.${quoteIdentifier(column)}`;
    return `${isSet(column) ? listText(member) : `nullif(${member}, '')`} AS r${index}`;
  });
  // The record separators cannot stand in JSON, so every line is one column.
  return `SELECT object IS NULL AS unreadable, ${cells.join(", ")} FROM (
    SELECT CASE WHEN json_valid(line) AND json_type(line) = 'OBJECT' THEN from_json(line, ${quoteText(structure)}) END AS object
    FROM read_csv(${quoteText(path)}, auto_detect = false, header = false, columns = {'line': 'VARCHAR'}, delim = '\u001e',
      quote = '', escape = '', store_rejects = true, rejects_limit = 0, rejects_table = '${rejectTables.errors}',
      rejects_scan = '${rejectTables.scans}')
    WHERE trim(line) <> '')`;
}

function listText(member: string): string {
  const list = `'${listMark}' || array_to_string(from_json(${member}, '["VARCHAR"]'), '${listMark}')`;
  return `CASE json_type(${member}) WHEN 'ARRAY' THEN ${list} ELSE ${member} ->> '$' END`;
}

async function parquetReader(connection: DuckDBConnection, path: string, wanted: readonly string[]): Promise<string> {
  const types = await parquetTypes(connection, path);
  const cells = wanted.map((column, index) => {
    const name = quoteIdentifier(column);
    const isList = types.get(column)?.endsWith("[]") ?? false;
    const text = isList
      ? `'${listMark}' || array_to_string(${name}::VARCHAR[], '${listMark}')`
      : `nullif(${name}::VARCHAR, '')`;
    return `${text} AS r${index}`;
  });
  return `SELECT FALSE AS unreadable, ${cells.join(", ")} FROM read_parquet(${quoteText(path)})`;
}

export async function parquetColumns(connection: DuckDBConnection, path: string): Promise<readonly string[]> {
  return [...(await parquetTypes(connection, path)).keys()];
}

async function parquetTypes(connection: DuckDBConnection, path: string): Promise<ReadonlyMap<string, string>> {
  try {
    const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${quoteText(path)})`);
    return new Map(reader.getRows().map(([name, type]) => [String(name), String(type)]));
  } catch (error) {
    throw refused("damaged-parquet", `The Parquet file cannot be read: ${firstLine(error)}`);
  }
}

function requireColumns(wanted: readonly string[], known: readonly string[], source: ImportSource): void {
  const missing = wanted.filter((column) => !known.includes(column));
  if (missing.length === 0) return;
  const names = missing.map((column) => `"${column}"`).join(", ");
  const hint =
    known.length === 1 && source.delimiter !== null
      ? `Only one column was found: "${known[0]}". Is it separated by something other than comma, semicolon, tab or |?`
      : `The file has: ${known.slice(0, 50).join(", ")}${known.length > 50 ? ` and ${known.length - 50} more` : ""}.`;
  throw refused("missing-column", `The file has no column ${names}. ${hint}`, { missing, columns: known });
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}

const parquetHeadRows = 1_000;

export async function readParquetHead(path: string): Promise<{ columns: readonly string[]; head: string[][] }> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const types = await parquetTypes(connection, path);
    const cells = [...types].map(([column, type]) => {
      const name = quoteIdentifier(column);
      return type.endsWith("[]") ? `array_to_string(${name}::VARCHAR[], '|')` : `${name}::VARCHAR`;
    });
    const rows = await connection.runAndReadAll(
      `SELECT ${cells.join(", ")} FROM read_parquet(${quoteText(path)}) LIMIT ${parquetHeadRows}`,
    );
    const head = rows.getRows().map((row) => row.map((cell) => (cell === null ? "" : String(cell))));
    return { columns: [...types.keys()], head };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
