import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { runImport } from "../lib/customers/server/run-import";
import { openDuckDbEngine } from "../lib/engine/server/duckdb-engine";
import { benchCatalogue, benchMapping, benchTypes } from "./data/catalogue";
import { benchColumns, generatedCustomers } from "./data/generate";
import { machine, percentile, timed } from "./data/machine";

const customers = Number(process.argv[2] ?? 1_000_000);
const rounds = 3;
const cache = join(import.meta.dirname, "../.cache/bench");
const file = await generatedCustomers(customers, join(cache, `customers-${customers}.csv`));

/** What DuckDB does by itself with the same file and types, into a file as well. */
async function bareImport(folder: string): Promise<number> {
  const instance = await DuckDBInstance.create(join(folder, "bare.duckdb"));
  const connection = await instance.connect();
  const types: Record<string, string> = { number: "DOUBLE", boolean: "BOOLEAN", timestamp: "TIMESTAMP" };
  const known: Record<string, string> = benchTypes;
  const columns = benchColumns.split(",").map((name) => `'${name}': '${types[known[name] ?? ""] ?? "VARCHAR"}'`);
  const read = `read_csv('${file}', header = true, columns = {${columns.join(", ")}})`;
  const { milliseconds } = await timed(() => connection.run(`CREATE TABLE customers AS SELECT * FROM ${read}`));
  connection.closeSync();
  instance.closeSync();
  return milliseconds;
}

async function ourImport(folder: string): Promise<number> {
  const engine = await openDuckDbEngine(join(folder, "ours.duckdb"));
  const { milliseconds, result } = await timed(() =>
    runImport({
      ...{ engine, file, catalogue: benchCatalogue, mapping: benchMapping },
      ...{ fileName: "customers.csv", rejectsFile: join(folder, "rejects.csv") },
    }),
  );
  if (result.accepted !== customers) throw new Error(`${result.accepted} of ${customers} rows were accepted.`);
  await engine.close();
  return milliseconds;
}

const bare: number[] = [];
const ours: number[] = [];
for (let round = 0; round < rounds; round++) {
  const folder = await mkdtemp(join(cache, "import-"));
  bare.push(await bareImport(folder));
  ours.push(await ourImport(folder));
  await rm(folder, { recursive: true });
}

const rate = (milliseconds: readonly number[]) => Math.round(customers / (percentile(milliseconds, 0.5) / 1_000));
const line = (name: string, milliseconds: readonly number[]) =>
  `${name.padEnd(44)} p50 ${Math.round(percentile(milliseconds, 0.5))} ms, slowest ${Math.round(Math.max(...milliseconds))} ms, ${rate(milliseconds).toLocaleString("en")} rows/s`;
console.log(machine());
console.log(`${customers.toLocaleString("en")} customers, ${benchColumns.split(",").length} columns, ${rounds} rounds`);
console.log(line("DuckDB: CREATE TABLE AS SELECT FROM read_csv", bare));
console.log(line("Steward: import with checks and rejects", ours));
console.log(`ratio ${(rate(ours) / rate(bare)).toFixed(2)} (bar: at least 0.50)`);
