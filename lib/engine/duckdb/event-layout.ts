import { type PropertyType, propertyTypes } from "../../catalogue/definition";
import { type PlainColumn, quoteIdentifier } from "../../rules/duckdb-layout";
import { type EventShapes, eventShapesOf, type StoredColumn } from "../event-shapes";
import { attributeColumn, columnTypes } from "./layout";

export type PropertyStorage = "text" | "number" | "boolean" | "instant";
export type PropertyColumn = { readonly [S in PropertyStorage]: PlainColumn<S> }[PropertyStorage];

export const propertyStorage = {
  string: "text",
  number: "number",
  boolean: "boolean",
  timestamp: "instant",
} as const satisfies Record<PropertyType, PropertyStorage>;

/** What sums add stands beside each number: turning doubles into exact decimals at every refresh would be dear. */
const exactType = "DECIMAL(38,10)";
export function exactColumn(property: string): string {
  return `${property}:exact`;
}

/** A table for each event type: a refresh reads one kind only, and a property's type is its event type's own affair. */
export function eventTable(type: string): string {
  return `events:${type}`;
}
export const eventTablePrefix = eventTable("");

/** Those that every event has, with the columns of a property behind them. */
export const commonColumns = { id: "VARCHAR", customer: "VARCHAR", at: "BIGINT" } as const;

export function propertyColumn(key: string, type: PropertyType): PropertyColumn {
  const storage = propertyStorage[type];
  return { storage, column: attributeColumn(key, storage) };
}

/** Definitions of the columns that keep a property. */
export function propertyDefinitions(key: string, type: PropertyType): string[] {
  const { storage, column } = propertyColumn(key, type);
  const own = `${quoteIdentifier(column)} ${columnTypes[storage]}`;
  return type === "number" ? [own, `${quoteIdentifier(exactColumn(key))} ${exactType}`] : [own];
}

export function eventShapes(columns: readonly StoredColumn[]): EventShapes {
  return eventShapesOf(columns, eventTablePrefix, (suffix) =>
    propertyTypes.find((each) => propertyStorage[each] === suffix),
  );
}
