import { clickHouseParameters, quoteName } from "../../rules/clickhouse-layout";
import { textIn } from "../../rules/clickhouse-texts";
import type { SqlParameters, SqlStatement } from "../../rules/sql-statement";
import type { ComputedAttribute } from "../engine";
import { computedSql, isZeroWithoutEvents, slidSql } from "../sql/computed";
import { profilesNow } from "./dialect";
import { clickHouseEvents } from "./event-dialect";
import { attributeColumn, type Layout } from "./layout";
import { profileColumns } from "./profile-row";

type Refresh = {
  readonly asOf: number;
  readonly version: number;
  /** Only theirs. */
  readonly customers?: readonly string[] | undefined;
};

/**
 * Writes a new version of each profile in which something computed has changed. No joins: profiles and what follows from
 * their events stand below one another and are grouped by id. `version` is greater than those read, and smaller than
 * those of whoever writes a profile meanwhile: what they write stays.
 */
export function refreshStatement(
  computed: readonly ComputedAttribute[],
  { asOf, version, customers }: Refresh,
  layout: Layout,
): SqlStatement {
  const parameters = clickHouseParameters();
  const only = (id: string) => (customers ? textIn(id, customers, parameters) : "TRUE");
  const targets = computed.map(({ attribute, computation }) => attributeColumn(attribute.key, computation.type).column);
  const kept = profileColumns(layout).filter((name) => name !== "id" && name !== "version" && !targets.includes(name));
  const parts = [
    `${profilePart(kept, targets)} WHERE ${only("id")}`,
    ...[...Map.groupBy(computed, ({ event }) => event.key).values()].map((ofEvent) => {
      const values = eventValues(ofEvent, asOf, parameters, only("customer"));
      return eventPart(
        values,
        kept,
        computed.map((each) => ofEvent.indexOf(each)),
      );
    }),
  ];
  const columns = [
    "id",
    "max(is_profile) AS found",
    "max(row_version) AS newest",
    ...kept.map((_, index) => `anyIf(k${index}, is_profile = 1) AS kept${index}`),
    ...targets.map((_, index) => `anyIf(o${index}, is_profile = 1) AS old${index}`),
    ...computed.map((each, index) => `${valueOfAll(each, index)} AS new${index}`),
  ];
  const grouped = `SELECT ${columns.join(", ")} FROM (${parts.join(" UNION ALL ")}) GROUP BY id`;
  const changed = targets.map((_, n) => `ifNull(old${n} <> new${n}, isNull(old${n}) <> isNull(new${n}))`).join(" OR ");
  const written = [...kept.map((_, index) => `kept${index}`), ...targets.map((_, index) => `new${index}`)];
  const names = ["id", "version", ...kept, ...targets].map(quoteName).join(", ");
  const sql = `INSERT INTO profiles (${names})
    SELECT id, greatest(newest + 1, ${version}), ${written.join(", ")} FROM (${grouped}) WHERE found = 1 AND (${changed})`;
  return { sql, parameters: parameters.list };
}

/** See `slidSql`. */
export function slidStatement(
  computed: readonly ComputedAttribute[],
  between: { readonly from: number; readonly to: number },
): SqlStatement | null {
  const parameters = clickHouseParameters();
  const sql = slidSql(computed, between, (event) => clickHouseEvents(event, between.to, parameters));
  return sql === null ? null : { sql, parameters: parameters.list };
}

function valueOfAll(computed: ComputedAttribute, index: number): string {
  return isZeroWithoutEvents(computed) ? `ifNull(any(n${index}), 0)` : `any(n${index})`;
}

function profilePart(kept: readonly string[], targets: readonly string[]): string {
  const columns = [
    ...kept.map((name, index) => `${quoteName(name)} AS k${index}`),
    ...targets.map((name, index) => `${quoteName(name)} AS o${index}`),
    ...targets.map((_, index) => `NULL AS n${index}`),
  ];
  return `SELECT id, 1 AS is_profile, version AS row_version, ${columns.join(", ")} FROM ${profilesNow}`;
}

/** A row for each customer with such events: `v0`, `v1`, … in the order of the attributes. */
function eventValues(
  ofEvent: readonly ComputedAttribute[],
  asOf: number,
  parameters: SqlParameters,
  only: string,
): string {
  const [{ event } = { event: undefined }] = ofEvent;
  if (!event) throw new Error("Nothing is computed of no event.");
  const all = clickHouseEvents(event, asOf, parameters);
  return computedSql(ofEvent, asOf, { ...all, events: `(SELECT * FROM ${all.events} WHERE ${only})` });
}

/** `places` says of each attribute which of the values is its own; -1 for none. */
function eventPart(values: string, kept: readonly string[], places: readonly number[]): string {
  const columns = [
    ...kept.map((name, index) => `${nothingOf(name)} AS k${index}`),
    ...places.map((_, index) => `NULL AS o${index}`),
    ...places.map((place, index) => `${place === -1 ? "NULL" : `v${place}`} AS n${index}`),
  ];
  return `SELECT id, 0 AS is_profile, 0 AS row_version, ${columns.join(", ")} FROM (${values})`;
}

/** Stands in a profile's column where there is no profile. */
function nothingOf(column: string): string {
  const [, suffix] = column.split(":");
  if (column === "consents" || column === "objections" || suffix === "string_set") return "[]";
  return suffix === "is_set" ? "FALSE" : "NULL";
}
