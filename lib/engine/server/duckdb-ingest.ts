import type { DuckDBConnection } from "@duckdb/node-api";
import { batchOfMerged, customersIn } from "../customer-move";
import type { IngestBatch, IngestResult } from "../customer-records";
import type { DictionaryLimits, Layout } from "../duckdb/layout";
import { type IngestPlan, planIngest, readBatch } from "../ingest-plan";
import { appendStatements, readStatements } from "./duckdb-consents";
import { appendNewEvents, knownEvents, readEventShapes } from "./duckdb-events";
import { writeIdentities } from "./duckdb-identities";
import { mergedInto } from "./duckdb-merges";
import { keepProfiles, keepUnknown } from "./duckdb-past-profiles";
import { growLayout } from "./grow-layout";
import { inTransaction } from "./layout-store";
import { readProfiles } from "./read-profiles";
import { additionsOf, replaceProfiles } from "./write-profiles";

export type IngestOptions = {
  readonly layout: Layout;
  readonly adopt: (grown: Layout) => void;
  readonly dictionaries: DictionaryLimits;
  /** Milliseconds. */
  readonly now: number;
};

/** Runs on the writing connection. */
export async function ingest(
  connection: DuckDBConnection,
  given: IngestBatch,
  { layout, adopt, dictionaries, now }: IngestOptions,
): Promise<IngestResult> {
  const batch = batchOfMerged(given, await mergedInto(connection, customersIn(given)));
  const shapes = await readEventShapes(connection);
  const read = readBatch(batch, shapes);
  const stored = {
    profiles: await readProfiles(connection, read.customers, layout),
    statements: await readStatements(connection, read.customers, layout),
    events: await knownEvents(
      connection,
      read.events.map(({ id }) => id),
      shapes,
    ),
  };
  const plan = planIngest(read, stored, layout.types);
  const grown = await growLayout(
    connection,
    layout,
    additionsOf([...plan.made, ...plan.changed], layout),
    dictionaries,
  );
  adopt(grown);
  return inTransaction(connection, async () => {
    await writePlan(connection, plan, grown, now);
    await appendNewEvents(connection, plan.events, shapes);
    const { taken } = await writeIdentities(connection, batch.identities ?? []);
    return { ...plan.result, taken };
  });
}

async function writePlan(connection: DuckDBConnection, plan: IngestPlan, layout: Layout, now: number): Promise<void> {
  if (plan.made.length > 0) {
    const ids = plan.made.map(({ id }) => id);
    await keepUnknown(connection, ids, now);
  }
  if (plan.before.length > 0) await keepProfiles(connection, plan.before, now);
  const written = [...plan.made, ...plan.changed];
  if (written.length > 0) await replaceProfiles(connection, written, layout, now);
  if (plan.statements.length > 0) await appendStatements(connection, plan.statements, now);
}
