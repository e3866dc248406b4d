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
import { prepareKey, startIngesting } from "./data/ingesting";
import { machine } from "./data/machine";

/** Online Retail, streamed in the order of time, beside DuckDB's own appends of the same rows. */
const linesOfCall = Number(process.argv[2] ?? 2_000);
const senders = Number(process.argv[3] ?? 4);
const region = "uk";
const asOf = Date.parse("2011-12-10T00:00:00Z");
const bar = 5_000;

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

const perSecond = (ms: number) => Math.round(events.length / (ms / 1_000));
const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
const line = (name: string, ms: number) =>
  console.log(`${name.padEnd(52)} ${(ms / 1_000).toFixed(1)} s, ${perSecond(ms).toLocaleString("en")} events/s`);
console.log(machine());
console.log(`${events.length.toLocaleString("en")} events, ${linesOfCall} lines a call, ${senders} senders`);
line("DuckDB: appends in the process, the same commits", bareMs);
line(`Steward: over HTTP until answered (bar: ${bar.toLocaleString("en")})`, ours.milliseconds);
console.log(
  `asked to come back later ${ours.refusals} times; everything followed ${(ours.followedMs / 1_000).toFixed(1)} s after the last answer`,
);
console.log(`memory of the process: ${ours.memory.map(mebibytes).join(", ")} (before, at each quarter, at the end)`);
console.log(wrong.length === 0 ? `all ${expected.length} expected counts hold` : `counts differ: ${wrong.join(", ")}`);
process.exitCode = wrong.length === 0 ? 0 : 1;

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
    customers.map((id) => ({ id, region })),
  );
  const memory = [ingesting.memory()];
  let [refusals, next] = [0, 0];
  const begun = performance.now();
  async function sendParts(): Promise<void> {
    for (let part = parts[next++]; part; part = parts[next++]) {
      refusals += await ingesting.send("events", part);
      if (next % Math.ceil(parts.length / 4) === 0) memory.push(ingesting.memory());
    }
  }
  await Promise.all(Array.from({ length: senders }, sendParts));
  const milliseconds = performance.now() - begun;
  memory.push(ingesting.memory());
  const answered = performance.now();
  await ingesting.stop();
  const followedMs = performance.now() - answered;
  await db.$disconnect();
  await postgres.stop();
  return { milliseconds, refusals, memory, followedMs };
}

async function countsThatDiffer(): Promise<string[]> {
  return withEngine(async (engine) => {
    await engine.refresh(retailAttributes, asOf);
    const wrong: string[] = [];
    for (const { id, count } of expected) {
      const rule = retailRules[id];
      const found = rule && (await engine.count(guarded(rule, region), asOf));
      if (found !== count) wrong.push(`${id} ${found} for ${count}`);
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
