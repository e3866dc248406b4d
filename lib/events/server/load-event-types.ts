import { type EventType, eventTypeSchema } from "../../catalogue/definition";
import type { Database, Transaction } from "../../server/database";

/** By key, in the order of the keys. */
export async function loadEventTypes(db: Database | Transaction): Promise<ReadonlyMap<string, EventType>> {
  const rows = await db.eventType.findMany({ orderBy: { key: "asc" } });
  return new Map(rows.map(({ createdAt: _, ...row }) => [row.key, eventTypeSchema.parse(row)]));
}
