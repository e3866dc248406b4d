import { type EventType, instantOfEvent } from "../../catalogue/definition";
import { conditionSql } from "../../rules/duckdb-condition";
import { quoteIdentifier } from "../../rules/duckdb-layout";
import type { SqlParameters } from "../../rules/sql-statement";
import type { EventDialect } from "../sql/computed";
import { eventTable, exactColumn, type PropertyColumn, propertyColumn } from "./event-layout";

/** `asOf` in milliseconds is the instant that conditions of a filter look back from. */
export function duckDbEvents(event: EventType, asOf: number, parameters: SqlParameters): EventDialect {
  const types = new Map(event.properties.map(({ key, type }) => [key, type]));
  const columnOf = (key: string): PropertyColumn => {
    const type = types.get(key);
    if (key === instantOfEvent) return { storage: "instant", column: "at" };
    if (type === undefined) throw new Error(`The event type "${event.key}" has no property "${key}".`);
    return propertyColumn(key, type);
  };
  const property = (key: string) => quoteIdentifier(columnOf(key).column);
  return {
    events: quoteIdentifier(eventTable(event.key)),
    customer: "customer",
    instant: '"at"',
    milliseconds: (value) => parameters.add({ type: "instant", value: BigInt(value) }),
    condition: (condition) => conditionSql(condition, columnOf(condition.attribute), asOf, parameters),
    property,
    aggregates: {
      count: (where) => `count(*) FILTER (WHERE ${where})`,
      sum: (key, where) => `coalesce(sum(${quoteIdentifier(exactColumn(key))}) FILTER (WHERE ${where}), 0)::DOUBLE`,
      min: (key, where) => `min(${property(key)}) FILTER (WHERE ${where})`,
      max: (key, where) => `max(${property(key)}) FILTER (WHERE ${where})`,
      last: (key, where) => `max_by(${property(key)}, row("at", id)) FILTER (WHERE ${where})`,
      distinct: (key, where) => `count(DISTINCT ${property(key)}) FILTER (WHERE ${where})`,
    },
  };
}
