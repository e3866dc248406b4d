import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { processSingleton } from "../../server/process-singleton";
import { type DuckDbEngine, openDuckDbEngine } from "./duckdb-engine";

const processEngine = processSingleton<DuckDbEngine>("the customer data");

/** Opens the file once for the whole process; server.ts calls it before anything is served. */
export async function openEngine(path: string): Promise<DuckDbEngine> {
  const opened = processEngine.find();
  if (opened) return opened;
  await mkdir(dirname(path), { recursive: true });
  const engine = await openDuckDbEngine(path);
  processEngine.set(engine);
  return engine;
}

export function getEngine(): DuckDbEngine {
  return processEngine.require();
}

export async function closeEngine(): Promise<void> {
  const opened = processEngine.find();
  processEngine.clear();
  await opened?.close();
}
