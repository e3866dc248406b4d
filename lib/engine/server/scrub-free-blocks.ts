import { setTimeout as wait } from "node:timers/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { DomainError } from "../../errors";

const filler = `"erasing:filler"`;
const valuesInBlock = 262_144 / 8;
const patienceMs = 30_000;
const pauseMs = 20;

/**
 * Overwrites what the file keeps of rows that are gone: a table of noise takes every free block, and is dropped again.
 * The write-ahead log is emptied before and after. Runs where nobody else writes; whoever reads goes on undisturbed, but
 * a checkpoint needs an instant in which nobody does. Throws blocked where there was none: it can be done again later.
 */
export async function scrubFreeBlocks(connection: DuckDBConnection): Promise<void> {
  await connection.run(`DROP TABLE IF EXISTS ${filler}`);
  await checkpoint(connection);
  const free = await freeBlocks(connection);
  if (free === 0) return;
  // Whole blocks of numbers that no compression makes smaller, and two more for what a block holds beside them.
  const rows = (free + 2) * valuesInBlock;
  await connection.run(
    `CREATE TABLE ${filler} AS SELECT hash(n, random()) AS noise FROM range(${Math.ceil(rows)}) AS numbers(n)`,
  );
  await checkpoint(connection);
  await connection.run(`DROP TABLE ${filler}`);
  await checkpoint(connection);
}

async function freeBlocks(connection: DuckDBConnection): Promise<number> {
  const reader = await connection.runAndReadAll(
    "SELECT free_blocks FROM pragma_database_size() WHERE database_name = current_database()",
  );
  return Number(reader.getRows()[0]?.[0] ?? 0);
}

async function checkpoint(connection: DuckDBConnection): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      await connection.run("CHECKPOINT");
      return;
    } catch (error) {
      const isBusy = error instanceof Error && error.message.includes("transactions active");
      if (!isBusy) throw error;
      if (performance.now() > until) throw busy();
      await wait(pauseMs);
    }
  }
}

function busy(): DomainError {
  const message =
    "Customers' data was read without a pause, so what was erased could not be overwritten yet. Try again.";
  return new DomainError("blocked", message, { reason: "busy" });
}
