import {
  BIGINT,
  DECIMAL,
  type DuckDBConnection,
  DuckDBDecimalValue,
  type DuckDBValue,
  VARCHAR,
} from "@duckdb/node-api";
import type { EventType, PropertyType } from "../../catalogue/definition";
import { quoteIdentifier } from "../../rules/duckdb-layout";
import type { CustomerEvent } from "../customer-records";
import {
  commonColumns,
  eventShapes,
  eventTable,
  eventTablePrefix,
  propertyDefinitions,
  propertyStorage,
} from "../duckdb/event-layout";
import type { EventShapes } from "../event-shapes";
import { decimalPlaces, exactUnits } from "../exact-decimal";
import { newProperties, storableEvents } from "../storable-event";
import { appendRows } from "./append-rows";
import { inTransaction } from "./layout-store";
import { boundValues } from "./run-statement";
import { cellTypes } from "./write-profiles";

const exactWidth = 38;

export async function readEventShapes(connection: DuckDBConnection): Promise<EventShapes> {
  const reader = await connection.runAndReadAll(
    `SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = current_database()
     AND starts_with(table_name, '${eventTablePrefix}') ORDER BY table_name, column_index`,
  );
  return eventShapes(reader.getRows().map(([table, column]) => ({ table: String(table), column: String(column) })));
}

/** Throws conflict for a property that is stored with another type. */
export async function addEventTypes(connection: DuckDBConnection, types: readonly EventType[]): Promise<void> {
  const stored = await readEventShapes(connection);
  await inTransaction(connection, async () => {
    for (const { key, properties } of types) {
      const table = quoteIdentifier(eventTable(key));
      const common = Object.entries(commonColumns).map(([name, type]) => `${quoteIdentifier(name)} ${type} NOT NULL`);
      await connection.run(`CREATE TABLE IF NOT EXISTS ${table} (${common.join(", ")})`);
      for (const property of newProperties(key, properties, stored))
        for (const definition of propertyDefinitions(property.key, property.type))
          await connection.run(`ALTER TABLE ${table} ADD COLUMN ${definition}`);
    }
  });
}

/** Of events with one id the first stays, in whichever call and of whichever type. */
export async function appendEvents(
  connection: DuckDBConnection,
  events: readonly CustomerEvent[],
): Promise<{ appended: number; repeated: number }> {
  const shapes = await readEventShapes(connection);
  const fresh = storableEvents(events, shapes);
  for (const id of await knownEvents(connection, [...fresh.keys()], shapes)) fresh.delete(id);
  await inTransaction(connection, () => appendNewEvents(connection, [...fresh.values()], shapes));
  return { appended: fresh.size, repeated: events.length - fresh.size };
}

/** Events that are not known, each once and as they are stored; in the caller's transaction. */
export async function appendNewEvents(
  connection: DuckDBConnection,
  events: readonly CustomerEvent[],
  shapes: EventShapes,
): Promise<void> {
  for (const [type, ofType] of Map.groupBy(events, (event) => event.type))
    await appendToTable(connection, type, shapes.get(type) ?? new Map(), ofType);
}

/** Those of the ids that there are events of. */
export async function knownEvents(
  connection: DuckDBConnection,
  ids: readonly string[],
  shapes: EventShapes,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { values, types } = boundValues([{ type: "texts", value: ids }]);
  const found = [...shapes.keys()].map(
    (type) => `SELECT id FROM ${quoteIdentifier(eventTable(type))} WHERE id IN (FROM wanted)`,
  );
  const sql = `WITH wanted AS MATERIALIZED (SELECT unnest($1)) ${found.join(" UNION ALL ")}`;
  return (await connection.runAndReadAll(sql, values, types)).getRows().map(([id]) => String(id));
}

/** The shape is in the order of the table's columns. */
async function appendToTable(
  connection: DuckDBConnection,
  type: string,
  shape: ReadonlyMap<string, PropertyType>,
  events: readonly CustomerEvent[],
): Promise<void> {
  const properties = [...shape];
  const types = properties.flatMap(([, property]) => {
    const own = cellTypes[propertyStorage[property]];
    return property === "number" ? [own, DECIMAL(exactWidth, decimalPlaces)] : [own];
  });
  const columns = { table: eventTable(type), types: [VARCHAR, VARCHAR, BIGINT, ...types] };
  await appendRows(connection, columns, events, (event) => [
    ...[event.id, event.customerId, BigInt(event.at)],
    ...properties.flatMap(([key, property]) => propertyCells(property, event.properties[key])),
  ]);
}

function propertyCells(type: PropertyType, value: string | number | boolean | undefined): DuckDBValue[] {
  if (type === "timestamp") return [value === undefined ? null : BigInt(value)];
  if (type !== "number") return [value ?? null];
  if (typeof value !== "number") return [null, null];
  return [value, new DuckDBDecimalValue(exactUnits(value), exactWidth, decimalPlaces)];
}
