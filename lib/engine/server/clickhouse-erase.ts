import { quoteName } from "../../rules/clickhouse-layout";
import { textIn } from "../../rules/clickhouse-texts";
import type { SqlParameters } from "../../rules/sql-statement";
import { eventTable } from "../clickhouse/event-layout";
import type { Spread } from "../clickhouse/tables";
import { type CustomerPlace, customerPlaces, totals } from "../customer-places";
import type { ClickHouse } from "./clickhouse-client";
import { deleteRows } from "./clickhouse-deletes";
import { readEventShapes } from "./clickhouse-events";
import { withParameters } from "./clickhouse-profiles";

type Rows = { readonly place: CustomerPlace; readonly rows: number };

/** Rows that name one of the customers, by place, newest version or not; each place is named. */
export async function traces(server: ClickHouse, ids: readonly string[]): Promise<Record<string, number>> {
  return totals((await rowsOf(server, ids)).map(({ place: { place }, rows }) => ({ place, rows })));
}

/**
 * Has every part of a table that names one of the customers written anew without them. A server removes the parts that
 * it has replaced after some minutes (`old_parts_lifetime`).
 */
export async function eraseRows(
  server: ClickHouse,
  ids: readonly string[],
  spread: Spread | undefined,
): Promise<Record<string, number>> {
  const found = await rowsOf(server, ids);
  for (const { place, rows } of found)
    if (rows > 0) await deleteRows(server, place.table, (parameters) => names(place, ids, parameters), spread);
  return totals(found.map(({ place: { place }, rows }) => ({ place, rows })));
}

async function rowsOf(server: ClickHouse, ids: readonly string[]): Promise<Rows[]> {
  const types = [...(await readEventShapes(server)).keys()];
  const counted: Rows[] = [];
  for (const place of customerPlaces(types.map((type) => eventTable(type).name))) {
    const [[rows] = []] = await server.rows(
      withParameters(
        (parameters) => `SELECT count() FROM ${quoteName(place.table)} WHERE ${names(place, ids, parameters)}`,
      ),
    );
    counted.push({ place, rows: Number(rows) });
  }
  return counted;
}

function names({ columns }: CustomerPlace, ids: readonly string[], parameters: SqlParameters): string {
  return columns.map((column) => textIn(column, ids, parameters)).join(" OR ");
}
