import type { EventType, PropertyType } from "../../catalogue/definition";
import { quoteName } from "../../rules/clickhouse-layout";
import { textIn } from "../../rules/clickhouse-texts";
import {
  eventShapes,
  eventTable,
  eventTablePrefix,
  exactColumn,
  propertyColumn,
  propertyDefinitions,
} from "../clickhouse/event-layout";
import { addColumns, createTable, type Spread } from "../clickhouse/tables";
import type { CustomerEvent } from "../customer-records";
import type { EventShapes } from "../event-shapes";
import { exactText } from "../exact-decimal";
import { newProperties, storableEvents } from "../storable-event";
import type { ClickHouse } from "./clickhouse-client";
import { plain, withParameters } from "./clickhouse-profiles";

export async function readEventShapes(server: ClickHouse): Promise<EventShapes> {
  const columns = await server.rows(
    plain(`SELECT table, name FROM system.columns WHERE database = currentDatabase()
      AND startsWith(table, '${eventTablePrefix}') AND NOT endsWith(table, ':local') ORDER BY table, position`),
  );
  return eventShapes(columns.map(([table, column]) => ({ table: String(table), column: String(column) })));
}

/** Throws conflict for a property that is stored with another type. */
export async function addEventTypes(server: ClickHouse, types: readonly EventType[], spread?: Spread): Promise<void> {
  const stored = await readEventShapes(server);
  for (const { key, properties } of types) {
    const table = eventTable(key);
    const added = newProperties(key, properties, stored);
    const definitions = added.flatMap((property) => propertyDefinitions(property.key, property.type));
    const statements = [
      ...(stored.has(key) ? [] : createTable(table, spread)),
      ...(definitions.length === 0 ? [] : addColumns(table.name, definitions, spread)),
    ];
    for (const sql of statements) await server.run(plain(sql));
  }
}

/**
 * Of events with one id the first stays, in whichever call and of whichever type. Everything is checked before anything
 * is written, and what is written of one type is written whole; should the server fail between two types, the same call
 * again writes what is missing.
 */
export async function appendEvents(
  server: ClickHouse,
  events: readonly CustomerEvent[],
): Promise<{ appended: number; repeated: number }> {
  const shapes = await readEventShapes(server);
  const fresh = storableEvents(events, shapes);
  for (const id of await knownEvents(server, [...fresh.keys()], shapes)) fresh.delete(id);
  await appendNewEvents(server, [...fresh.values()], shapes);
  return { appended: fresh.size, repeated: events.length - fresh.size };
}

/** Events that are not known, each once and as they are stored. */
export async function appendNewEvents(
  server: ClickHouse,
  events: readonly CustomerEvent[],
  shapes: EventShapes,
): Promise<void> {
  for (const [type, ofType] of Map.groupBy(events, (event) => event.type))
    await appendToTable(server, type, shapes.get(type) ?? new Map(), ofType);
}

/** Those of the ids that there are events of. */
export async function knownEvents(server: ClickHouse, ids: readonly string[], shapes: EventShapes): Promise<string[]> {
  if (ids.length === 0) return [];
  const statement = withParameters((parameters) => {
    const isWanted = textIn("event", ids, parameters);
    return [...shapes.keys()]
      .map((type) => `SELECT event FROM ${quoteName(eventTable(type).name)} WHERE ${isWanted}`)
      .join(" UNION ALL ");
  });
  return (await server.rows(statement)).map(([id]) => String(id));
}

async function appendToTable(
  server: ClickHouse,
  type: string,
  shape: ReadonlyMap<string, PropertyType>,
  events: readonly CustomerEvent[],
): Promise<void> {
  const properties = [...shape];
  const columns = properties.flatMap(([key, property]) => {
    const own = propertyColumn(key, property);
    return property === "number" ? [own, exactColumn(key)] : [own];
  });
  const rows = events.map((event) => [
    ...[event.id, event.customerId, event.at],
    ...properties.flatMap(([key, property]) => propertyCells(property, event.properties[key])),
  ]);
  const names = ["event", "customer", "at", ...columns].map(quoteName);
  await server.insert(quoteName(eventTable(type).name), names, rows);
}

function propertyCells(type: PropertyType, value: string | number | boolean | undefined): unknown[] {
  if (type !== "number") return [value ?? null];
  return typeof value === "number" ? [value, exactText(value)] : [null, null];
}
