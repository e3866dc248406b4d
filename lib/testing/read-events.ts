import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { CustomerEvent } from "../engine/customer-records";
import type { ComputedAttribute, Engine } from "../engine/engine";

/** The rows of a SELECT over files, by DuckDB's own readers. */
export async function readFiles(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection: DuckDBConnection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowObjectsJS();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const eventsPerCall = 50_000;

/** Customers are those who did something; all live in `region`. */
export async function storeEvents(
  engine: Engine,
  events: readonly CustomerEvent[],
  computed: readonly ComputedAttribute[],
  { region, asOf }: { readonly region: string; readonly asOf: number },
): Promise<void> {
  await engine.addAttributes(computed.map(({ attribute }) => attribute));
  await engine.addEventTypes([...new Map(computed.map(({ event }) => [event.key, event])).values()]);
  const ids = [...new Set(events.map(({ customerId }) => customerId))];
  await engine.upsert(ids.map((id) => ({ id, region, consents: [], objections: [], attributes: {} })));
  for (let from = 0; from < events.length; from += eventsPerCall)
    await engine.appendEvents(events.slice(from, from + eventsPerCall));
  await engine.refresh(computed, asOf);
}
