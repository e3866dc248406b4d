import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { processSingleton } from "../../server/process-singleton";
import { type ClickHouseEngine, openClickHouseEngine } from "./clickhouse-engine";
import { type DuckDbEngine, openDuckDbEngine } from "./duckdb-engine";

/** `kind` tells which. Most ask it as an `Engine`; who needs more than that asks for the kind. */
export type CustomerEngine = DuckDbEngine | ClickHouseEngine;

const processEngine = processSingleton<CustomerEngine>("the customer data");

/** Opens the file once for the whole process; server.ts calls it before anything is served. */
export async function openEngine(path: string): Promise<DuckDbEngine> {
  const opened = processEngine.find();
  if (opened?.kind === "duckdb") return opened;
  await mkdir(dirname(path), { recursive: true });
  const engine = await openDuckDbEngine(path);
  processEngine.set(engine);
  return engine;
}

/** The same for customers who are in ClickHouse. */
export async function connectEngine(url: string): Promise<ClickHouseEngine> {
  const opened = processEngine.find();
  if (opened?.kind === "clickhouse") return opened;
  const engine = await openClickHouseEngine({ url });
  processEngine.set(engine);
  return engine;
}

export function getEngine(): CustomerEngine {
  return processEngine.require();
}

export async function closeEngine(): Promise<void> {
  const opened = processEngine.find();
  processEngine.clear();
  await opened?.close();
}
