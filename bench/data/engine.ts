import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { runImport } from "../../lib/customers/server/run-import";
import { type DuckDbEngine, openDuckDbEngine } from "../../lib/engine/server/duckdb-engine";
import { benchCatalogue, benchMapping, benchTypes } from "./catalogue";
import { benchColumns, generatedCustomers } from "./generate";

const cache = join(import.meta.dirname, "../../.cache/bench");

export function customersFile(customers: number): Promise<string> {
  return generatedCustomers(customers, join(cache, `customers-${customers}.csv`));
}

export const benchFolder = cache;

/** The generated customers as the product imports them, and in the table `customers` as DuckDB reads them by itself. */
export async function benchEngine(customers: number): Promise<DuckDbEngine> {
  const path = join(cache, `customers-${customers}.duckdb`);
  if (existsSync(path)) return openDuckDbEngine(path);
  const file = await customersFile(customers);
  await rm(`${path}.new`, { force: true });
  const engine = await openDuckDbEngine(`${path}.new`);
  await runImport({
    ...{ engine, file, catalogue: benchCatalogue, mapping: benchMapping },
    ...{ fileName: "customers.csv", rejectsFile: join(cache, "rejects.csv") },
  });
  const connection = await engine.connect();
  await createBareTable(connection, file);
  connection.closeSync();
  await engine.close();
  await rename(`${path}.new`, path);
  return openDuckDbEngine(path);
}

/** What DuckDB makes of the file by itself, with the same types. */
export async function createBareTable(connection: DuckDBConnection, file: string): Promise<void> {
  const types: Record<string, string> = { number: "DOUBLE", boolean: "BOOLEAN", timestamp: "TIMESTAMP" };
  const known: Record<string, string> = benchTypes;
  const columns = benchColumns.split(",").map((name) => `'${name}': '${types[known[name] ?? ""] ?? "VARCHAR"}'`);
  await connection.run(
    `CREATE TABLE customers AS SELECT * FROM read_csv('${file}', header = true, columns = {${columns.join(", ")}})`,
  );
}
