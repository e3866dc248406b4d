import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gunzipSync, gzipSync } from "node:zlib";
import { type ChdbResult, drainPending, Session } from "chdb";
import { clusterConfig, filterByShard, forOneServer } from "./clickhouse-cluster";

/** ClickHouse in this process, behind as much of its HTTP interface as the client speaks. */
export type ClickHouseListener = {
  readonly url: string;
  /** What it keeps on disk; gone once it is closed. */
  readonly folder: string;
  close(): Promise<void>;
};

/** As a server has it by default; what is longer must be sent in several fields. */
const longestField = 131_072;
const longestHead = 1_048_576;

/** What stands in the address beside settings and `param_…`. */
const notSettings = new Set([
  "query",
  "query_id",
  "database",
  "wait_end_of_query",
  "default_format",
  "session_id",
  "role",
]);

export async function startClickHouse(): Promise<ClickHouseListener> {
  const folder = mkdtempSync(join(tmpdir(), "steward-clickhouse-"));
  const config = join(folder, "config.xml");
  writeFileSync(config, clusterConfig);
  // chdb keeps one data folder for a process; a second one only after this session, and whatever runs in it, has ended.
  const owner = new Session(join(folder, "data"), { connectionArgs: [`--config-file=${config}`] });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const forget = discardAtEnd(() => {
    owner.close();
    remove();
  });
  const server = createServer({ maxHeaderSize: longestHead }, (request, response) => {
    answer(request, response, owner.path).catch((error: unknown) => refuse(response, error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    folder,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      // A folder that goes while a statement runs ends the process.
      await drainPending();
      owner.close();
      await drainPending();
      forget();
      remove();
    },
  };
}

/** Whoever does not close the listener leaves no folder behind either: test workers are ended by a signal. */
function discardAtEnd(discard: () => void): () => void {
  const onSignal = () => {
    discard();
    process.kill(process.pid, "SIGTERM");
  };
  process.once("exit", discard);
  process.once("SIGTERM", onSignal);
  return () => {
    process.off("exit", discard);
    process.off("SIGTERM", onSignal);
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === "/ping") {
    response.end("Ok.\n");
    return;
  }
  const { fields, text } = await readStatement(request, searchParams);
  const result = await run(path, fields, text);
  const body = Buffer.from(result.bytes());
  const summary = { read_rows: String(result.rowsRead), read_bytes: String(result.bytesRead) };
  response.setHeader("X-ClickHouse-Summary", JSON.stringify(summary));
  if (body.length > 0 && request.headers["accept-encoding"]?.includes("gzip")) {
    response.setHeader("Content-Encoding", "gzip");
    response.end(gzipSync(body));
  } else response.end(body);
}

type Statement = { readonly fields: ReadonlyMap<string, string>; readonly text: string };

/** The statement is a field of a form, the body, or in the address with the rows of an INSERT in the body. */
async function readStatement(request: IncomingMessage, searchParams: URLSearchParams): Promise<Statement> {
  const sent = await buffer(request);
  const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent;
  const fields = new Map(searchParams);
  const type = request.headers["content-type"] ?? "";
  const isForm = type.startsWith("multipart/form-data");
  if (isForm) {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    for (const [name, value] of form) fields.set(name, String(value));
  }
  for (const [name, value] of fields)
    if (Buffer.byteLength(value) > longestField) throw new Error(`Code: 1000. Field value too long: ${name}`);
  const query = fields.get("query");
  const rows = isForm ? "" : body.toString();
  return { fields, text: query === undefined ? rows : `${query}\n${rows}` };
}

/** A connection for each statement, as settings and parameters stay with a connection. */
async function run(path: string, fields: Statement["fields"], text: string): Promise<ChdbResult> {
  const session = new Session(path);
  try {
    const database = fields.get("database");
    if (database !== undefined) session.query(`USE ${quote(database, "`")}`);
    const kept = session.query(
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE '%:local'",
      "TSV",
    );
    if (kept !== "") session.query(`SET additional_table_filters = ${filterByShard(kept.trim().split("\n"))}`);
    // A statement cannot be given an id here, so the id travels as its comment.
    const settings = new Map([["log_comment", fields.get("query_id") ?? ""]]);
    for (const [name, value] of fields) if (!isParameter(name) && !notSettings.has(name)) settings.set(name, value);
    session.query(`SET ${[...settings].map(([name, value]) => `${name} = ${quote(value, "'")}`).join(", ")}`);
    for (const [name, value] of fields) if (isParameter(name)) session.query(`SET ${name} = ${quote(value, "'")}`);
    const said = forOneServer(text).replace("query_id = {id:String}", commentedWith("{id:String}"));
    return await session.queryAsync(said, { format: "TabSeparated" });
  } finally {
    session.close();
  }
}

function isParameter(name: string): boolean {
  return name.startsWith("param_");
}

function commentedWith(id: string): string {
  return `query_id IN (SELECT query_id FROM system.processes WHERE Settings['log_comment'] = ${id})`;
}

function quote(text: string, mark: "`" | "'"): string {
  return `${mark}${text.replaceAll("\\", "\\\\").replaceAll(mark, `\\${mark}`).replaceAll("\0", "\\0")}${mark}`;
}

function refuse(response: ServerResponse, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const [, code = "1000"] = /Code: (\d+)/.exec(message) ?? [];
  response.writeHead(500, { "X-ClickHouse-Exception-Code": code });
  response.end(`${message.replace(/^Query failed: /, "")}\n`);
}
