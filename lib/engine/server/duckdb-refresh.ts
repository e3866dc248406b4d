import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier, type SqlColumn, sqlParameters } from "../../rules/duckdb-layout";
import { duckDbEvents } from "../duckdb/event-dialect";
import { attributeOwner, columnTypes, type DictionaryLimits, type Layout } from "../duckdb/layout";
import type { ComputedAttribute } from "../engine";
import { requireStored } from "../require-stored";
import { computedSql, isZeroWithoutEvents, slidSql } from "../sql/computed";
import { readEventShapes } from "./duckdb-events";
import { growLayout } from "./grow-layout";
import { inTransaction } from "./layout-store";
import { boundValues, interruptible, readRows, type Stopping } from "./run-statement";
import { stampChange } from "./write-profiles";

export type RefreshOptions = Stopping & {
  readonly layout: Layout;
  readonly adopt: (grown: Layout) => void;
  readonly dictionaries: DictionaryLimits;
  /** Milliseconds: when profiles are said to have changed, if any has. */
  readonly now: number;
  /** Only theirs. */
  readonly customers?: readonly string[];
};

/** Runs on the writing connection. What is computed is set down beside the profiles first, then taken over at once. */
export async function refreshComputed(
  connection: DuckDBConnection,
  computed: readonly ComputedAttribute[],
  asOf: number,
  { layout, adopt, dictionaries, now, customers, ...stopping }: RefreshOptions,
): Promise<void> {
  if (computed.length === 0) return;
  requireStored(computed, layout.types, await readEventShapes(connection));
  try {
    await interruptible(connection, stopping, async () => {
      if (customers) await putApart(connection, customers);
      await computeApart(connection, computed, asOf, customers !== undefined);
    });
    const grown = await growDictionaries(connection, computed, layout, dictionaries);
    adopt(grown);
    await interruptible(connection, stopping, () =>
      inTransaction(connection, async () => {
        if (await takeOver(connection, computed, grown)) await stampChange(connection, now);
      }),
    );
  } finally {
    await connection.run("DROP TABLE IF EXISTS temp.computed; DROP TABLE IF EXISTS temp.refreshed");
  }
}

async function putApart(connection: DuckDBConnection, customers: readonly string[]): Promise<void> {
  const { values, types } = boundValues([{ type: "texts", value: customers }]);
  await connection.run("CREATE OR REPLACE TEMP TABLE refreshed AS SELECT DISTINCT unnest($1) AS id", values, types);
}

/**
 * Into `temp.computed`: a row for every customer, or for those who are in `temp.refreshed`; `v0`, `v1`, … in the order
 * of the attributes.
 */
async function computeApart(
  connection: DuckDBConnection,
  computed: readonly ComputedAttribute[],
  asOf: number,
  some: boolean,
) {
  const parameters = sqlParameters();
  const columns: string[] = [];
  const joins: string[] = [];
  for (const ofEvent of Map.groupBy(computed, ({ event }) => event.key).values()) {
    const [{ event } = { event: undefined }] = ofEvent;
    if (!event) continue;
    const alias = `e${joins.length}`;
    const all = duckDbEvents(event, asOf, parameters);
    const events = some ? `(SELECT * FROM ${all.events} WHERE customer IN (FROM refreshed))` : all.events;
    joins.push(`LEFT JOIN (${computedSql(ofEvent, asOf, { ...all, events })}) ${alias} USING (id)`);
    for (const [index, each] of ofEvent.entries()) {
      const value = `${alias}.v${index}`;
      columns.push(`${isZeroWithoutEvents(each) ? `coalesce(${value}, 0)` : value} AS ${valueColumn(computed, each)}`);
    }
  }
  const profiles = some ? "(SELECT id FROM profiles WHERE id IN (FROM refreshed))" : "profiles";
  const sql = `CREATE OR REPLACE TEMP TABLE computed AS SELECT id, ${columns.join(", ")} FROM ${profiles} ${joins.join(" ")}`;
  const { values, types } = boundValues(parameters.list);
  await connection.run(sql, values, types);
}

/** Whose events time alone takes out of a window, or begins to count; each event type is read once. */
export async function customersSlid(
  connection: DuckDBConnection,
  computed: readonly ComputedAttribute[],
  between: { readonly from: number; readonly to: number },
): Promise<string[]> {
  const parameters = sqlParameters();
  const sql = slidSql(computed, between, (event) => duckDbEvents(event, between.to, parameters));
  if (sql === null) return [];
  return (await readRows(connection, { sql, parameters: parameters.list })).map(([id]) => String(id));
}

function valueColumn(computed: readonly ComputedAttribute[], each: ComputedAttribute): string {
  return `v${computed.indexOf(each)}`;
}

/** Texts get their codes before they are written; an attribute with too many different ones is stored as text. */
async function growDictionaries(
  connection: DuckDBConnection,
  computed: readonly ComputedAttribute[],
  layout: Layout,
  limits: DictionaryLimits,
): Promise<Layout> {
  const texts = new Map<string, ReadonlySet<string>>();
  for (const each of computed) {
    if (layout.attributes.get(each.attribute.key)?.storage !== "code") continue;
    const value = valueColumn(computed, each);
    const reader = await connection.runAndReadAll(
      `SELECT DISTINCT ${value} FROM computed WHERE ${value} IS NOT NULL LIMIT ${limits.code + 1}`,
    );
    texts.set(each.attribute.key, new Set(reader.getRows().map(([text]) => String(text))));
  }
  return growLayout(connection, layout, { regions: new Set(), purposes: new Set(), texts }, limits);
}

/** Writes only where something differs: an hourly refresh touches few customers. Gives whether anything did. */
async function takeOver(
  connection: DuckDBConnection,
  computed: readonly ComputedAttribute[],
  layout: Layout,
): Promise<boolean> {
  const cells = computed.map((each) => {
    const column = requireColumn(layout.attributes.get(each.attribute.key));
    return { target: quoteIdentifier(column.column), value: valueColumn(computed, each), column, each };
  });
  const joins = cells.flatMap(({ value, column, each }) =>
    column.storage === "code"
      ? [
          `LEFT JOIN dictionary d${value} ON d${value}.owner = '${attributeOwner(each.attribute.key)}' AND d${value}.value = computed.${value}`,
        ]
      : [],
  );
  const stored = cells.map(({ value, column }) => {
    const sql = column.storage === "code" ? `d${value}.code` : `computed.${value}`;
    return `${sql}::${columnTypes[column.storage]} AS ${value}`;
  });
  const changed = await connection.run(
    `UPDATE profiles SET ${cells.map(({ target, value }) => `${target} = fresh.${value}`).join(", ")}
     FROM (SELECT id, ${stored.join(", ")} FROM computed ${joins.join(" ")}) fresh
     WHERE fresh.id = profiles.id
       AND (${cells.map(({ target, value }) => `profiles.${target} IS DISTINCT FROM fresh.${value}`).join(" OR ")})`,
  );
  return changed.rowsChanged > 0;
}

function requireColumn(column: SqlColumn | undefined) {
  if (!column || column.storage === "bits") throw new Error("A computed attribute has no column of its own.");
  return column;
}
