import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import { quoteIdentifier } from "../../rules/duckdb-layout";
import type { CustomerEvent, EventPage } from "../customer-records";
import { eventTable, propertyColumn } from "../duckdb/event-layout";
import { newestEvents } from "../newest-events";
import { readEventShapes } from "./duckdb-events";
import { readRows } from "./run-statement";

export async function eventsOf(
  connection: DuckDBConnection,
  customerId: string,
  { limit, before }: EventPage,
): Promise<CustomerEvent[]> {
  const found: CustomerEvent[] = [];
  for (const [type, shape] of await readEventShapes(connection)) {
    const keys = [...shape];
    const columns = keys.map(([key, property]) => quoteIdentifier(propertyColumn(key, property).column));
    const earlier = before ? 'AND ("at", id) < ($2, $3)' : "";
    const rows = await readRows(connection, {
      sql: `SELECT id, "at", ${[...columns, "TRUE"].join(", ")} FROM ${quoteIdentifier(eventTable(type))}
        WHERE customer = $1 ${earlier} ORDER BY "at" DESC, id DESC LIMIT ${Math.floor(limit)}`,
      parameters: [
        { type: "text", value: customerId },
        ...(before
          ? ([
              { type: "instant", value: BigInt(before.at) },
              { type: "text", value: before.id },
            ] as const)
          : []),
      ],
    });
    for (const [id, at, ...cells] of rows) {
      const properties = keys.flatMap(([key], index) => propertyOf(key, cells[index]));
      found.push({ id: String(id), customerId, type, at: Number(at), properties: Object.fromEntries(properties) });
    }
  }
  return newestEvents(found, limit);
}

function propertyOf(key: string, cell: DuckDBValue | undefined): [string, string | number | boolean][] {
  if (cell === null || cell === undefined) return [];
  if (typeof cell === "bigint") return [[key, Number(cell)]];
  return typeof cell === "object" ? [] : [[key, cell]];
}
