import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { runImport } from "../lib/customers/server/run-import";
import { openDuckDbEngine } from "../lib/engine/server/duckdb-engine";
import { benchCatalogue, benchMapping } from "./data/catalogue";
import { processorMs, wallMs } from "./data/compare";
import { benchFolder, createBareTable, customersFile } from "./data/engine";
import { benchColumns, benchNow } from "./data/generate";
import { machine, type Timed, timed } from "./data/machine";

const customers = Number(process.argv[2] ?? 1_000_000);
const rounds = 3;
const file = await customersFile(customers);

/** What DuckDB does by itself with the same file and types, into a file as well. */
async function bareImport(folder: string): Promise<Timed<unknown>> {
  const instance = await DuckDBInstance.create(join(folder, "bare.duckdb"));
  const connection = await instance.connect();
  const run = await timed(() => createBareTable(connection, file));
  connection.closeSync();
  instance.closeSync();
  return run;
}

async function ourImport(folder: string): Promise<Timed<unknown>> {
  const engine = await openDuckDbEngine(join(folder, "ours.duckdb"));
  const run = await timed(() =>
    runImport({
      ...{ engine, file, catalogue: benchCatalogue, mapping: benchMapping },
      ...{ fileName: "customers.csv", rejectsFile: join(folder, "rejects.csv") },
      recorded: { source: "import:bench", at: benchNow },
    }),
  );
  if (run.result.accepted !== customers) throw new Error(`${run.result.accepted} of ${customers} rows were accepted.`);
  await engine.close();
  return run;
}

const bare: Timed<unknown>[] = [];
const ours: Timed<unknown>[] = [];
for (let round = 0; round < rounds; round++) {
  const folder = await mkdtemp(join(benchFolder, "import-"));
  bare.push(await bareImport(folder));
  ours.push(await ourImport(folder));
  await rm(folder, { recursive: true });
}

const rate = (runs: readonly Timed<unknown>[]) => Math.round(customers / (wallMs(runs, 0.5) / 1_000));
const line = (name: string, runs: readonly Timed<unknown>[]) =>
  `${name.padEnd(44)} p50 ${Math.round(wallMs(runs, 0.5))} ms, slowest ${Math.round(wallMs(runs, 1))} ms, processor ${Math.round(processorMs(runs))} ms, ${rate(runs).toLocaleString("en")} rows/s`;
console.log(machine());
console.log(`${customers.toLocaleString("en")} customers, ${benchColumns.split(",").length} columns, ${rounds} rounds`);
console.log(line("DuckDB: CREATE TABLE AS SELECT FROM read_csv", bare));
console.log(line("Steward: import with checks and rejects", ours));
console.log(
  `ratio of rows/s ${(rate(ours) / rate(bare)).toFixed(2)} (bar: at least 0.50), of processor time ${(processorMs(bare) / processorMs(ours)).toFixed(2)}`,
);
