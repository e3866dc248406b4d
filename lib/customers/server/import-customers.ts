import type { ClickHouseEngine } from "../../engine/server/clickhouse-engine";
import type { DuckDbEngine } from "../../engine/server/duckdb-engine";
import type { CustomerEngine } from "../../engine/server/engine-instance";
import { DomainError } from "../../errors";
import type { Profile } from "../../rules/definition";
import { log } from "../../server/log";
import type { ImportMapping } from "../import-mapping";
import { keepUnmapped } from "../keep-unmapped";
import {
  type ImportResult,
  mappedAttributes,
  type RunImportOptions,
  requireStoredTypes,
  runImport,
} from "./run-import";
import { stagedParts, withStagedEngine } from "./staged-engine";

type ImportOptions<E> = Omit<RunImportOptions, "engine"> & { readonly engine: E };

/** See `runImport`; wherever the customers are, a file is read and checked by DuckDB. */
export async function importCustomers({ engine, ...options }: ImportOptions<CustomerEngine>): Promise<ImportResult> {
  return engine.kind === "duckdb" ? runImport({ ...options, engine }) : importBeside({ ...options, engine });
}

/**
 * Reads the file into a DuckDB of its own beside it, and hands over from there, some 10,000 customers at a time: each
 * such part is taken over whole. The same import again completes what was broken off.
 */
async function importBeside({ engine, ...options }: ImportOptions<ClickHouseEngine>): Promise<ImportResult> {
  requireStoredTypes(options.mapping, await engine.storedAttributes());
  return withStagedEngine(options.file, async (staged) => {
    const read = await runImport({ ...options, engine: staged });
    options.signal?.throwIfAborted();
    await engine.addAttributes(mappedAttributes(options.mapping, options.catalogue));
    return { ...read, updated: read.updated + (await handOver(staged, engine, options.mapping)) };
  });
}

/** Gives how many of the customers were known before. */
async function handOver(staged: DuckDbEngine, engine: ClickHouseEngine, mapping: ImportMapping): Promise<number> {
  let done = 0;
  let known = 0;
  try {
    for await (const part of stagedParts(staged)) {
      const { updated } = await engine.upsert(await merged(part, engine, mapping));
      done += part.length;
      known += updated;
    }
    return known;
  } catch (error) {
    log.error({ err: error }, "ClickHouse took an import in part");
    const total = await staged.population();
    const message = `The customer data took ${done} of ${total} customers and then failed. Import the file again.`;
    throw new DomainError("blocked", message, { reason: "import-incomplete" });
  }
}

async function merged(part: readonly Profile[], engine: ClickHouseEngine, mapping: ImportMapping): Promise<Profile[]> {
  const found = await engine.profilesOf(part.map(({ id }) => id));
  const old = new Map(found.map((profile) => [profile.id, profile]));
  return part.map((fresh) => keepUnmapped(fresh, old.get(fresh.id), mapping));
}
