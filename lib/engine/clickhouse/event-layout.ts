import { type PropertyType, propertyTypes } from "../../catalogue/definition";
import { quoteName } from "../../rules/clickhouse-layout";
import { type EventShapes, eventShapesOf, type StoredColumn } from "../event-shapes";
import { attributeColumn, columnDefinitions } from "./layout";
import type { Table } from "./tables";

/** A table for each event type, whose columns say what properties it has. */
export function eventTable(type: string): Table {
  return {
    name: `${eventTablePrefix}${type}`,
    // Not `id`: in ClickHouse the name that a SELECT gives to a customer would stand for it.
    columns: ["event String", "customer String", "at Int64"],
    // Whether an id is known is asked for every event.
    indexes: ["INDEX events event TYPE bloom_filter GRANULARITY 1"],
    // What two processes write at once they may write twice; the same row counts once.
    engine: "ReplacingMergeTree",
    orderBy: "customer, at, event",
    shardBy: "customer",
  };
}
export const eventTablePrefix = "events:";

export function propertyColumn(key: string, type: PropertyType): string {
  return attributeColumn(key, type).column;
}

/** What sums add stands beside each number: a decimal, so that 0.1 and 0.2 are 0.3. */
export function exactColumn(property: string): string {
  return `${property}:exact`;
}

export function propertyDefinitions(key: string, type: PropertyType): string[] {
  const own = columnDefinitions(key, type);
  return type === "number" ? [...own, `${quoteName(exactColumn(key))} Nullable(Decimal(38, 10))`] : own;
}

export function eventShapes(columns: readonly StoredColumn[]): EventShapes {
  return eventShapesOf(columns, eventTablePrefix, (suffix) => propertyTypes.find((each) => each === suffix));
}
