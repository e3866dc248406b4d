import { type EventType, instantOfEvent } from "../../catalogue/definition";
import { conditionSql } from "../../rules/clickhouse-condition";
import { type PlainColumn, quoteName } from "../../rules/clickhouse-layout";
import type { SqlParameters } from "../../rules/sql-statement";
import type { EventDialect } from "../sql/computed";
import { eventTable, exactColumn, propertyColumn } from "./event-layout";

/** `asOf` in milliseconds is the instant that conditions of a filter look back from. */
export function clickHouseEvents(event: EventType, asOf: number, parameters: SqlParameters): EventDialect {
  const types = new Map(event.properties.map(({ key, type }) => [key, type]));
  const columnOf = (key: string): PlainColumn => {
    const type = types.get(key);
    if (key === instantOfEvent) return { type: "timestamp", column: "at" };
    if (type === undefined) throw new Error(`The event type "${event.key}" has no property "${key}".`);
    return { type, column: propertyColumn(key, type) };
  };
  const property = (key: string) => quoteName(columnOf(key).column);
  const holds = (where: string) => `ifNull(${where}, FALSE)`;
  return {
    events: `${quoteName(eventTable(event.key).name)} FINAL`,
    customer: "customer",
    instant: "at",
    milliseconds: (value) => parameters.add({ type: "instant", value: BigInt(value) }),
    condition: (condition) => conditionSql(condition, columnOf(condition.attribute), asOf, parameters),
    property,
    aggregates: {
      count: (where) => `countIf(${holds(where)})`,
      // By its text a decimal becomes the double that is nearest.
      sum: (key, where) => `toFloat64(toString(ifNull(sumIf(${quoteName(exactColumn(key))}, ${holds(where)}), 0)))`,
      min: (key, where) => `minOrNullIf(${property(key)}, ${holds(where)})`,
      max: (key, where) => `maxOrNullIf(${property(key)}, ${holds(where)})`,
      last: (key, where) =>
        `argMaxOrNullIf(${property(key)}, tuple(at, event), ${holds(where)} AND isNotNull(${property(key)}))`,
      distinct: (key, where) => `uniqExactIf(${property(key)}, ${holds(where)})`,
    },
  };
}
