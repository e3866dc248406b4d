import type { PropertyType } from "../../catalogue/definition";
import { quoteName } from "../../rules/clickhouse-layout";
import { eventTable, propertyColumn } from "../clickhouse/event-layout";
import type { CustomerEvent, EventPage } from "../customer-records";
import { newestEvents } from "../newest-events";
import type { ClickHouse } from "./clickhouse-client";
import { readEventShapes } from "./clickhouse-events";
import { withParameters } from "./clickhouse-profiles";

export async function eventsOf(
  server: ClickHouse,
  customerId: string,
  { limit, before }: EventPage,
): Promise<CustomerEvent[]> {
  if (!customerId.isWellFormed()) return [];
  const found: CustomerEvent[] = [];
  for (const [type, shape] of await readEventShapes(server)) {
    const keys = [...shape];
    const columns = keys.map(([key, property]) => quoteName(propertyColumn(key, property)));
    const statement = withParameters((parameters) => {
      const text = (value: string) => parameters.add({ type: "text", value });
      const earlier = before
        ? `AND (at, event) < (${parameters.add({ type: "instant", value: BigInt(before.at) })}, ${text(before.id)})`
        : "";
      return `SELECT ${["event", "at", ...columns].join(", ")} FROM ${quoteName(eventTable(type).name)} FINAL
        WHERE customer = ${text(customerId)} ${earlier} ORDER BY at DESC, event DESC LIMIT ${Math.floor(limit)}`;
    });
    for (const [id, at, ...cells] of await server.rows(statement)) {
      const properties = keys.flatMap(([key, property], index) => propertyOf(key, property, cells[index]));
      found.push({ id: String(id), customerId, type, at: Number(at), properties: Object.fromEntries(properties) });
    }
  }
  return newestEvents(found, limit);
}

function propertyOf(key: string, type: PropertyType, cell: unknown): [string, string | number | boolean][] {
  if (cell === null || cell === undefined) return [];
  if (type === "boolean") return [[key, cell === true]];
  return [[key, type === "string" ? String(cell) : Number(cell)]];
}
