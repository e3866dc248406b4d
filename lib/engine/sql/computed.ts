import type { EventType } from "../../catalogue/definition";
import { type AttributeCondition, unitMilliseconds } from "../../rules/definition";
import type { SqlParameters } from "../../rules/sql-statement";
import type { ComputedAttribute } from "../engine";

/** How a dialect says what is computed of the events of one type. */
export type EventDialect = {
  /** What stands behind FROM: one row an event, each event once. */
  readonly events: string;
  /** The columns of an event's customer and instant. */
  readonly customer: string;
  readonly instant: string;
  /** A whole number of milliseconds. */
  milliseconds(value: number): string;
  /** True, or false or NULL for "does not hold". */
  condition(condition: AttributeCondition): string;
  /** A property's column, NULL where it is missing; `at` is the instant. */
  property(key: string): string;
  /** An aggregate over the events for which `where` is true. NULL without any, but 0 for count, sum and distinct. */
  readonly aggregates: {
    count(where: string): string;
    /** Exact, whatever the order: see `exactUnits`. */
    sum(property: string, where: string): string;
    min(property: string, where: string): string;
    max(property: string, where: string): string;
    /** The newest event's that has the property; of several at one instant the one with the greatest id. */
    last(property: string, where: string): string;
    distinct(property: string, where: string): string;
  };
};

/** The aggregates that are 0, not missing, for a customer without events. */
export function isZeroWithoutEvents({ computation: { aggregate } }: ComputedAttribute): boolean {
  return aggregate === "count" || aggregate === "sum" || aggregate === "distinct";
}

/** All attributes of one event type by one pass over its events: rows of `id`, `v0`, `v1`, … for customers with events. */
export function computedSql(computed: readonly ComputedAttribute[], asOf: number, dialect: EventDialect): string {
  const upTo = Math.floor(asOf);
  const values = computed.map((each, index) => `${valueSql(each, upTo, dialect)} AS v${index}`);
  return `SELECT ${[`${dialect.customer} AS id`, ...values].join(", ")} FROM ${dialect.events}
    WHERE ${[`${dialect.instant} <= ${dialect.milliseconds(upTo)}`, ...sinceAll(computed, upTo, dialect)].join(" AND ")}
    GROUP BY ${dialect.customer}`;
}

/** The same of one customer: one row of `v0`, `v1`, …, none without events. */
export function computedOfSql(
  computed: readonly ComputedAttribute[],
  { id, asOf }: { readonly id: string; readonly asOf: number },
  dialect: EventDialect,
  parameters: SqlParameters,
): string {
  const values = computed.map((_, index) => `v${index}`).join(", ");
  const customer = parameters.add({ type: "text", value: id });
  return `SELECT ${values} FROM (${computedSql(computed, asOf, dialect)}) AS computed WHERE id = ${customer}`;
}

function valueSql({ computation }: ComputedAttribute, asOf: number, dialect: EventDialect): string {
  const { aggregate, property, window, filter } = computation;
  const since = window ? [`${dialect.instant} > ${dialect.milliseconds(beginOf(window, asOf))}`] : [];
  const where = [...since, ...filter.map((condition) => `(${dialect.condition(condition)})`)].join(" AND ") || "TRUE";
  if (aggregate === "count") return dialect.aggregates.count(where);
  return dialect.aggregates[aggregate](property ?? "", where);
}

/** Where every attribute looks back only so far, nothing older is read. */
function sinceAll(computed: readonly ComputedAttribute[], asOf: number, dialect: EventDialect): string[] {
  const begins = computed.map(({ computation: { window } }) =>
    window ? beginOf(window, asOf) : Number.NEGATIVE_INFINITY,
  );
  const first = Math.min(...begins);
  return Number.isFinite(first) ? [`${dialect.instant} > ${dialect.milliseconds(first)}`] : [];
}

function beginOf(window: NonNullable<ComputedAttribute["computation"]["window"]>, asOf: number): number {
  return asOf - lengthOf(window);
}

/**
 * Customers with an event that is in a window as of `from` and no longer as of `to`, or that lies between the two: rows
 * of `id`. Null where nothing is computed.
 */
export function slidSql(
  computed: readonly ComputedAttribute[],
  { from, to }: { readonly from: number; readonly to: number },
  dialectOf: (event: EventType) => EventDialect,
): string | null {
  const parts = [...Map.groupBy(computed, ({ event }) => event.key).values()].flatMap((ofEvent) => {
    const [{ event } = { event: undefined }] = ofEvent;
    if (!event) return [];
    const { customer, instant, events, milliseconds } = dialectOf(event);
    const lengths = new Set(ofEvent.map(({ computation: { window } }) => (window ? lengthOf(window) : 0)));
    const spans = [...lengths.add(0)].map((length) => {
      const [left, stays] = [from, to].map((instantNow) => milliseconds(Math.floor(instantNow) - length));
      return `(${instant} > ${left} AND ${instant} <= ${stays})`;
    });
    return [`SELECT ${customer} AS id FROM ${events} WHERE ${spans.join(" OR ")}`];
  });
  return parts.length === 0 ? null : `SELECT DISTINCT id FROM (${parts.join(" UNION ALL ")}) AS slid`;
}

function lengthOf({ n, unit }: NonNullable<ComputedAttribute["computation"]["window"]>): number {
  return n * unitMilliseconds[unit];
}
