import type { Layout } from "../clickhouse/layout";
import { batchOfMerged, customersIn } from "../customer-move";
import type { IngestBatch, IngestResult } from "../customer-records";
import { planIngest, readBatch } from "../ingest-plan";
import type { ClickHouse } from "./clickhouse-client";
import { readStatements, writeStatements } from "./clickhouse-consents";
import { appendNewEvents, knownEvents, readEventShapes } from "./clickhouse-events";
import { writeIdentities } from "./clickhouse-identities";
import { mergedInto } from "./clickhouse-merges";
import { keepPast } from "./clickhouse-past-profiles";
import { readProfiles, writeProfiles } from "./clickhouse-profiles";

export type IngestOptions = {
  readonly layout: Layout;
  /** Greater than every version before. */
  readonly version: number;
  /** Milliseconds. */
  readonly now: number;
};

/** Profiles come last: should the server fail before, the same batch again finds them as they were and completes it. */
export async function ingest(
  server: ClickHouse,
  given: IngestBatch,
  { layout, version, now }: IngestOptions,
): Promise<IngestResult> {
  const batch = batchOfMerged(given, await mergedInto(server, customersIn(given)));
  const shapes = await readEventShapes(server);
  const read = readBatch(batch, shapes);
  const eventIds = read.events.map(({ id }) => id);
  const [profiles, statements, events] = await Promise.all([
    read.customers.length === 0 ? [] : readProfiles(server, read.customers, layout),
    readStatements(server, read.customers),
    knownEvents(server, eventIds, shapes),
  ]);
  const plan = planIngest(read, { profiles, statements, events }, layout.types);
  await appendNewEvents(server, plan.events, shapes);
  const { taken } = await writeIdentities(server, batch.identities ?? [], version);
  await writeStatements(server, plan.statements, now);
  await keepPast(server, { before: plan.before, made: plan.made, until: now, version });
  const written = [...plan.made, ...plan.changed];
  if (written.length > 0) await writeProfiles(server, written, version, layout);
  return { ...plan.result, taken };
}
