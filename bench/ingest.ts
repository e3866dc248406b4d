import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BIGINT, BOOLEAN, DOUBLE, DuckDBInstance, VARCHAR } from "@duckdb/node-api";
import { z } from "zod";
import type { CustomerEvent } from "../lib/engine/customer-records";
import { appendRows } from "../lib/engine/server/append-rows";
import { openDuckDbEngine } from "../lib/engine/server/duckdb-engine";
import { inTransaction } from "../lib/engine/server/layout-store";
import { createDatabase } from "../lib/server/database";
import { startThrowawayPostgres } from "../lib/server/throwaway-postgres";
import { guarded } from "../lib/testing/guarded";
import { invoiceLine, readInvoiceLines, retailAttributes, retailRules } from "../lib/testing/online-retail";
import { sharedData } from "../lib/testing/shared-data";
import { deployMigrations } from "../prisma/migrate";
import { type ProcessMemory, prepareKey, startIngesting } from "./data/ingesting";
import { machine } from "./data/machine";

/** Online Retail, streamed in the order of time, beside DuckDB's own appends of the same rows. */
const linesOfCall = Number(process.argv[2] ?? 2_000);
const senders = Number(process.argv[3] ?? 4);
/** Each brings all of it again, of customers of its own. */
const passes = Number(process.argv[4] ?? 4);
const region = "uk";
const asOf = Date.parse("2011-12-10T00:00:00Z");
const bar = 5_000;
const flatShare = 0.1;

const data = sharedData("online-retail/online-retail.csv.gz");
if (!data.isThere) throw new Error("Online Retail is not beside the project, in ../shared/data.");
const expectedSchema = z.object({
  rows: z.number(),
  segments: z.array(z.object({ id: z.string(), count: z.number() })),
});
const { rows, segments: expected } = z
  .object({ datasets: z.object({ "online-retail": expectedSchema }) })
  .parse(sharedData("expected-counts.json").json()).datasets["online-retail"];

const events = await readInvoiceLines({ file: data.file, rows });
events.sort((a, b) => a.at - b.at);
const parts = Array.from({ length: Math.ceil(events.length / linesOfCall) }, (_, n) =>
  events.slice(n * linesOfCall, (n + 1) * linesOfCall),
);
const home = await mkdtemp(join(tmpdir(), "steward-bench-ingest-"));
const bareMs = await appendBare();
const ours = await streamIn();
const wrong = await countsThatDiffer();
await rm(home, { recursive: true });

const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)}`;
const line = (name: string, sent: number, ms: number) =>
  console.log(
    `${name.padEnd(52)} ${(ms / 1_000).toFixed(1)} s, ${Math.round(sent / (ms / 1_000)).toLocaleString("en")} events/s`,
  );
const growth = growthOf(ours.memory);
console.log(machine());
console.log(
  `${events.length.toLocaleString("en")} events, ${passes} times; ${linesOfCall} lines a call, ${senders} senders`,
);
line("DuckDB: appends in the process, the same commits", events.length, bareMs);
line(`Steward: over HTTP until answered (bar: ${bar.toLocaleString("en")})`, events.length * passes, ours.milliseconds);
console.log(
  `asked to come back later ${ours.refusals} times; everything followed ${(ours.followedMs / 1_000).toFixed(1)} s after the last answer`,
);
console.log("memory in MB at each quarter, one line a pass: the process (JavaScript's heap, DuckDB's tables)");
for (let pass = 0; pass < passes; pass++) {
  const quarters = ours.memory.slice(4 * pass, 4 * pass + 4);
  const told = quarters.map(({ rss, heapUsed, tables }) => [rss, heapUsed, tables].map(mebibytes));
  console.log(told.map(([rss, heap, tables]) => `  ${rss} (${heap}, ${tables})`).join(""));
}
console.log(
  `the second half holds ${(100 * growth).toFixed(1)} % more than the first beside DuckDB's tables (bar: ${100 * flatShare} %)`,
);
console.log(wrong.length === 0 ? `all ${expected.length} expected counts hold` : `counts differ: ${wrong.join(", ")}`);
process.exitCode = wrong.length === 0 && growth <= flatShare ? 0 : 1;

/** Each part is a commit, as it is of a call that is alone. */
async function appendBare(): Promise<number> {
  const instance = await DuckDBInstance.create(join(home, "bare.duckdb"));
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE lines (id VARCHAR, customer VARCHAR, "at" BIGINT, invoice VARCHAR,
    stock_code VARCHAR, amount DOUBLE, country VARCHAR, cancelled BOOLEAN)`);
  const columns = { table: "lines", types: [VARCHAR, VARCHAR, BIGINT, VARCHAR, VARCHAR, DOUBLE, VARCHAR, BOOLEAN] };
  const begun = performance.now();
  for (const part of parts) await inTransaction(connection, () => appendRows(connection, columns, part, cellsOf));
  const took = performance.now() - begun;
  connection.closeSync();
  instance.closeSync();
  return took;
}

function cellsOf({ id, customerId, at, properties }: CustomerEvent) {
  const { invoice = null, stock_code = null, amount = null, country = null, cancelled = null } = properties;
  return [id, customerId, BigInt(at), invoice, stock_code, amount, country, cancelled];
}

async function streamIn() {
  const postgres = await startThrowawayPostgres();
  await deployMigrations(postgres.url);
  const db = createDatabase(postgres.url, 2);
  await prepareKey(db, region);
  await db.eventType.create({ data: { ...invoiceLine, properties: [...invoiceLine.properties] } });
  for (const { attribute } of retailAttributes) await db.attribute.create({ data: { ...attribute } });
  const engineFile = join(home, "customers.duckdb");
  await withEngine(async (engine) => {
    await engine.addAttributes(retailAttributes.map(({ attribute }) => attribute));
    await engine.addEventTypes([invoiceLine]);
  });
  const ingesting = await startIngesting(postgres.url, engineFile);
  const customers = [...new Set(events.map(({ customerId }) => customerId))];
  await ingesting.send(
    "customers",
    Array.from({ length: passes }, (_, pass) => customers.map((id) => ({ id: `${pass}-${id}`, region }))).flat(),
  );
  const memory: ProcessMemory[] = [];
  let refusals = 0;
  const begun = performance.now();
  for (let quarter = 0; quarter < 4 * passes; quarter++) {
    const ofQuarter = parts.slice(...[quarter % 4, (quarter % 4) + 1].map((n) => Math.ceil((n * parts.length) / 4)));
    const left = ofQuarter.map((part) => part.map((event) => inPass(Math.floor(quarter / 4), event))).values();
    async function sendParts(): Promise<void> {
      for (const part of left) refusals += await ingesting.send("events", part);
    }
    await Promise.all(Array.from({ length: senders }, sendParts));
    memory.push(await ingesting.memory());
  }
  const milliseconds = performance.now() - begun;
  const answered = performance.now();
  await ingesting.stop();
  const followedMs = performance.now() - answered;
  await db.$disconnect();
  await postgres.stop();
  return { milliseconds, refusals, memory, followedMs };
}

function inPass(pass: number, event: CustomerEvent): CustomerEvent {
  return { ...event, id: `${pass}-${event.id}`, customerId: `${pass}-${event.customerId}` };
}

/** What the second half of the run holds at most beside DuckDB's tables, as a share of what the first half did. */
function growthOf(memory: readonly ProcessMemory[]): number {
  const held = memory.map(({ rss, tables }) => rss - tables);
  const half = Math.ceil(held.length / 2);
  return Math.max(...held.slice(half)) / Math.max(...held.slice(0, half)) - 1;
}

async function countsThatDiffer(): Promise<string[]> {
  return withEngine(async (engine) => {
    await engine.refresh(retailAttributes, asOf);
    const wrong: string[] = [];
    for (const { id, count } of expected) {
      const rule = retailRules[id];
      const found = rule && (await engine.count(guarded(rule, region), asOf));
      if (found !== count * passes) wrong.push(`${id} ${found} for ${count * passes}`);
    }
    return wrong;
  });
}

async function withEngine<T>(work: (engine: Awaited<ReturnType<typeof openDuckDbEngine>>) => Promise<T>): Promise<T> {
  const engine = await openDuckDbEngine(join(home, "customers.duckdb"));
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}
