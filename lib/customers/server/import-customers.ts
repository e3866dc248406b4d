import type { ClickHouseEngine } from "../../engine/server/clickhouse-engine";
import type { DuckDbEngine } from "../../engine/server/duckdb-engine";
import type { CustomerEngine } from "../../engine/server/engine-instance";
import { DomainError } from "../../errors";
import type { Profile } from "../../rules/definition";
import { log } from "../../server/log";
import { importedChange, importedStatements, type Recorded, statedPurposes } from "../import-statements";
import {
  type ImportResult,
  mappedAttributes,
  type RunImportOptions,
  requireStoredTypes,
  runImport,
} from "./run-import";
import { stagedParts, withStagedEngine } from "./staged-engine";

type ImportOptions<E> = Omit<RunImportOptions, "engine" | "recorded"> & {
  readonly engine: E;
  readonly recorded: Recorded;
};

/** See `runImport`; wherever the customers are, a file is read and checked by DuckDB. */
export async function importCustomers({ engine, ...options }: ImportOptions<CustomerEngine>): Promise<ImportResult> {
  return engine.kind === "duckdb" ? runImport({ ...options, engine }) : importBeside({ ...options, engine });
}

/**
 * Reads the file into a DuckDB of its own beside it, and hands over from there, some 10,000 customers at a time: each
 * such part is taken over whole. The same import again completes what was broken off.
 */
async function importBeside({ engine, recorded, ...options }: ImportOptions<ClickHouseEngine>): Promise<ImportResult> {
  requireStoredTypes(options.mapping, await engine.storedAttributes());
  return withStagedEngine(options.file, async (staged) => {
    const read = await runImport({ ...options, engine: staged });
    options.signal?.throwIfAborted();
    await engine.addAttributes(mappedAttributes(options.mapping, options.catalogue));
    return { ...read, updated: read.updated + (await handOver(staged, { ...options, engine, recorded })) };
  });
}

/** Gives how many of the customers were known before. */
async function handOver(staged: DuckDbEngine, into: ImportOptions<ClickHouseEngine>): Promise<number> {
  let done = 0;
  let known = 0;
  try {
    for await (const part of stagedParts(staged)) {
      known += await handOverPart(part, into);
      done += part.length;
    }
    return known;
  } catch (error) {
    log.error({ err: error }, "ClickHouse took an import in part");
    const total = await staged.population();
    const message = `The customer data took ${done} of ${total} customers and then failed. Import the file again.`;
    throw new DomainError("blocked", message, { reason: "import-incomplete" });
  }
}

async function handOverPart(
  part: readonly Profile[],
  { engine, mapping, catalogue, recorded }: ImportOptions<ClickHouseEngine>,
): Promise<number> {
  const current = await engine.mergedInto(part.map(({ id }) => id));
  const named = part.map((fresh) => ({ ...fresh, id: current.get(fresh.id) ?? fresh.id }));
  const ids = named.map(({ id }) => id);
  const known = new Map((await engine.profilesOf(ids)).map((profile) => [profile.id, profile]));
  const spoken = new Set((await engine.statementsOf(ids)).map(({ customerId, purpose }) => `${purpose} ${customerId}`));
  const stated = statedPurposes(mapping, catalogue);
  const consents = named.flatMap((fresh) => {
    const hasSpoken = (purpose: string) => spoken.has(`${purpose} ${fresh.id}`);
    return importedStatements(fresh, known.get(fresh.id), { stated, recorded, spoken: hasSpoken });
  });
  await engine.ingest({ changes: named.map((fresh) => importedChange(fresh, mapping)), consents }, Date.now());
  return known.size;
}
