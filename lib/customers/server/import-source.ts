import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { DomainError } from "../../errors";
import { columnNames, csvRecords, type Delimiter, detectDelimiter } from "../import-csv";
import { convertToUtf8, decodeHead, type Encoding, encodingOf } from "./import-encoding";

/** A file made ready for DuckDB: unpacked and in UTF-8. `close` removes what was made for it. */
export type ImportSource = {
  readonly format: "csv" | "tsv" | "ndjson" | "parquet";
  readonly path: string;
  readonly bytes: number;
  readonly gzip: boolean;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter | null;
  /** Empty for Parquet, whose columns only DuckDB knows. */
  readonly columns: readonly string[];
  /** The first rows as texts in the order of `columns`. */
  readonly head: readonly (readonly string[])[];
  readonly workFolder: string;
  close(): Promise<void>;
};

const headBytes = 1 << 20;
const headRows = 1_000;
const mostColumns = 2_000;

/** Throws invalid, with a message for the person who chose the file. */
export async function openImportSource(file: string, fileName: string, signal?: AbortSignal): Promise<ImportSource> {
  const workFolder = await mkdtemp(join(dirname(file), "import-"));
  const close = () => rm(workFolder, { recursive: true, force: true });
  try {
    return { ...(await prepare(file, fileName, workFolder, signal)), workFolder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Prepared = Omit<ImportSource, "workFolder" | "close">;

async function prepare(file: string, fileName: string, workFolder: string, signal?: AbortSignal): Promise<Prepared> {
  const gzip = startsWith(await readHead(file, 2), [0x1f, 0x8b]);
  const unpacked = gzip ? join(workFolder, "unpacked") : file;
  if (gzip) await unpack(file, unpacked, fileName, signal);
  const { size: bytes } = await stat(unpacked);
  const head = await readHead(unpacked, headBytes);
  if (startsWith(head, [0x50, 0x41, 0x52, 0x31]))
    return {
      format: "parquet",
      path: unpacked,
      bytes,
      gzip,
      encoding: "utf-8",
      delimiter: null,
      columns: [],
      head: [],
    };
  refuseForeign(head, fileName);

  const encoding = encodingOf(head);
  const path = encoding === "utf-8" ? unpacked : join(workFolder, "utf8");
  if (encoding !== "utf-8") await convertToUtf8(unpacked, path, encoding, signal);
  const text = decodeHead(head, encoding).replace(/^\ufeff/, "");
  if (text.trim() === "") throw refused("empty-file", `The file "${fileName}" is empty.`);
  return { path, bytes, gzip, encoding, ...parseHead(text, fileName, head.length >= bytes) };
}

function parseHead(text: string, fileName: string, complete: boolean) {
  const first = text.trimStart()[0];
  if (first === "[" && /\.(json|jsonl|ndjson)(\.gz)?$/i.test(fileName))
    throw refused("json-array", `The file "${fileName}" is one JSON array. Give one JSON object to a line (NDJSON).`);
  if (first === "{") return { format: "ndjson" as const, delimiter: null, ...jsonHead(text, complete, fileName) };
  const delimiter = /\.tsv(\.gz)?$/i.test(fileName) ? "\t" : detectDelimiter(text.slice(0, 1 << 16), complete);
  const [header = [], ...rows] = csvRecords(text, delimiter, complete, headRows + 1);
  if (rows.length === 0)
    throw refused("no-rows", `The file "${fileName}" has a header line and no rows that could be read.`);
  requireFewColumns(header.length, fileName);
  const format = delimiter === "\t" ? ("tsv" as const) : ("csv" as const);
  return { format, delimiter, columns: columnNames(header), head: rows };
}

/** Before anything is made for each of them: a small file can name very many. */
function requireFewColumns(columns: number, fileName: string): void {
  if (columns <= mostColumns) return;
  const [found, most] = [columns.toLocaleString("en"), mostColumns.toLocaleString("en")];
  throw refused("too-many-columns", `The file "${fileName}" has ${found} columns; at most ${most} can be imported.`);
}

function jsonHead(text: string, complete: boolean, fileName: string): { columns: string[]; head: string[][] } {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (!complete) lines.pop();
  const objects = lines
    .slice(0, headRows)
    .map(parseObject)
    .filter((object) => object !== undefined);
  const columns = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  requireFewColumns(columns.length, fileName);
  return { columns, head: objects.map((object) => columns.map((column) => cellText(object[column]))) };
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function cellText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map(String).join("|");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function refuseForeign(head: Uint8Array, fileName: string): void {
  if (head.length === 0) throw refused("empty-file", `The file "${fileName}" is empty.`);
  const accepted = "CSV, TSV, NDJSON or Parquet, plain or as gzip";
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]))
    throw refused("binary-file", `The file "${fileName}" is a ZIP archive or a spreadsheet. Save it as ${accepted}.`);
  const isUtf16 = startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff]);
  if (!isUtf16 && isBinary(head))
    throw refused("binary-file", `The file "${fileName}" is binary and none that can be read. Accepted: ${accepted}.`);
}

/** Text holds next to no control characters. */
function isBinary(head: Uint8Array): boolean {
  const sample = head.subarray(0, 65_536);
  const isControl = (byte: number) => byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 31);
  return sample.includes(0) || sample.filter(isControl).length > sample.length / 100;
}

async function unpack(from: string, to: string, fileName: string, signal?: AbortSignal): Promise<void> {
  try {
    const { size } = await stat(from);
    await pipeline(createReadStream(from), createGunzip(), limitUnpacked(size, fileName), createWriteStream(to), {
      signal,
    });
  } catch (error) {
    signal?.throwIfAborted();
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (typeof code !== "string" || !code.startsWith("Z_")) throw error;
    const what = code === "Z_BUF_ERROR" ? "ends in the middle: it was cut off on its way" : "is damaged";
    throw refused("damaged-gzip", `The gzip file "${fileName}" ${what}. Nothing was imported; upload it again.`);
  }
}

/** Files of customers pack to a tenth or so. What unpacks to far more is made to fill the disk. */
const unpackLimits = { freeBytes: 256 * 1024 ** 2, mostTimes: 100, mostBytes: 64 * 1024 ** 3 };

function limitUnpacked(packedBytes: number, fileName: string): Transform {
  const most = Math.min(Math.max(unpackLimits.freeBytes, packedBytes * unpackLimits.mostTimes), unpackLimits.mostBytes);
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= most) return done(null, chunk);
      const message = `The gzip file "${fileName}" unpacks to more than ${Math.floor(most / 1024 ** 2)} MiB. Import it in parts.`;
      done(refused("unpacks-too-large", message));
    },
  });
}

async function readHead(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

export function refused(reason: string, message: string, detail?: unknown): DomainError {
  return new DomainError("invalid", message, { reason, detail });
}
