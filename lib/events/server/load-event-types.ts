import type { EventType } from "../../catalogue/definition";
import { eventTypeOf } from "../../catalogue/server/load-catalogue";
import type { Database, Transaction } from "../../server/database";

/** By key, in the order of the keys. */
export async function loadEventTypes(db: Database | Transaction): Promise<ReadonlyMap<string, EventType>> {
  const rows = await db.eventType.findMany({ orderBy: { key: "asc" } });
  return new Map(rows.map((row) => [row.key, eventTypeOf(row)]));
}
