import { quoteName } from "../../rules/clickhouse-layout";
import { textIn } from "../../rules/clickhouse-texts";
import { eventTable } from "../clickhouse/event-layout";
import type { Layout } from "../clickhouse/layout";
import { consentsTable, mergeTable, profilesTable, type Spread } from "../clickhouse/tables";
import { type CustomerMove, type CustomerReader, followMerges } from "../customer-move";
import { readKeptMerge } from "../kept-merge";
import type { ClickHouse } from "./clickhouse-client";
import { readStatements, writeStatements } from "./clickhouse-consents";
import { deleteRows } from "./clickhouse-deletes";
import { readEventShapes } from "./clickhouse-events";
import { readIdentities, removeIdentities, writeIdentities } from "./clickhouse-identities";
import { keepPast } from "./clickhouse-past-profiles";
import { plain, readProfiles, withParameters, writeProfiles } from "./clickhouse-profiles";

const mergesNow = `${mergeTable.name} FINAL`;

export function customerReader(server: ClickHouse, layout: Layout): CustomerReader {
  return {
    profiles: (ids) => readProfiles(server, ids, layout),
    statements: (ids) => readStatements(server, ids),
    identities: (id) => readIdentities(server, id),
    async eventIds(id) {
      const found: Record<string, string[]> = {};
      for (const type of (await readEventShapes(server)).keys()) {
        const statement = withParameters(
          (parameters) => `SELECT event FROM ${quoteName(eventTable(type).name)} FINAL
            WHERE ${textIn("customer", [id], parameters)}`,
        );
        const rows = await server.rows(statement);
        if (rows.length > 0) found[type] = rows.map(([event]) => String(event));
      }
      return found;
    },
    async findMerge(from) {
      const statement = withParameters(
        (parameters) =>
          `SELECT target, kept FROM ${mergesNow} WHERE NOT removed AND ${textIn("origin", [from], parameters)}`,
      );
      const [[into, kept] = []] = await server.rows(statement);
      return kept === undefined ? null : { into: String(into), kept: readKeptMerge(String(kept)) };
    },
  };
}

export type MoveOptions = {
  readonly layout: Layout;
  readonly spread: Spread | undefined;
  /** Milliseconds. */
  readonly now: number;
  nextVersion(): number;
};

/**
 * In an order in which the same move can be made again should the server fail on the way: what is kept of a merge first
 * or last, and nothing is taken away before it stands where it goes.
 */
export async function applyMove(server: ClickHouse, move: CustomerMove, options: MoveOptions): Promise<void> {
  const { layout, spread, now, nextVersion } = options;
  const { from, into, kept, ends } = move.merge;
  const keep = (removed: boolean) =>
    server.insert(mergeTable.name, mergeColumns, [
      [from, into, removed ? "" : JSON.stringify(kept), nextVersion(), removed],
    ]);
  if (!ends) await keep(false);
  await moveEvents(server, move.events, spread);
  await removeIdentities(server, move.identities.removed, nextVersion());
  await writeIdentities(server, move.identities.added, nextVersion());
  await writeStatements(server, move.statements.added, now);
  await removeStatements(server, move.statements.removed, spread);
  const before = await readProfiles(server, [from, into], layout);
  const made = move.profiles.filter(({ id }) => move.made.includes(id) && !before.some((known) => known.id === id));
  await keepPast(server, { before, made, until: now, version: nextVersion() });
  await writeProfiles(server, move.profiles, nextVersion(), layout);
  if (move.gone.length > 0)
    await deleteRows(server, profilesTable.name, (parameters) => textIn("id", move.gone, parameters), spread);
  if (ends) await keep(true);
}

const mergeColumns = ["origin", "target", "kept", "version", "removed"];

/** Of those who were merged, who they are now. */
export function mergedInto(server: ClickHouse, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return followMerges(ids, async (heads) => {
    if (heads.length === 0) return new Map();
    const statement = withParameters(
      (parameters) =>
        `SELECT origin, target FROM ${mergesNow} WHERE NOT removed AND ${textIn("origin", heads, parameters)}`,
    );
    return new Map((await server.rows(statement)).map(([origin, target]) => [String(origin), String(target)]));
  });
}

/** The customer is a part of an event's place, so it stands there anew before the old one goes. */
async function moveEvents(server: ClickHouse, { to, ids }: CustomerMove["events"], spread?: Spread): Promise<void> {
  for (const [type, events] of Object.entries(ids)) {
    const { name } = eventTable(type);
    const columns = await server.rows(
      plain(`SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '${name}'
        AND name <> 'customer' ORDER BY position`),
    );
    const names = columns.map(([column]) => quoteName(String(column))).join(", ");
    const copied = withParameters(
      (parameters) => `INSERT INTO ${quoteName(name)} (customer, ${names})
        SELECT ${parameters.add({ type: "text", value: to })}, ${names} FROM ${quoteName(name)} FINAL
        WHERE ${textIn("event", events, parameters)} LIMIT 1 BY event`,
    );
    await server.run(copied);
    await deleteRows(
      server,
      name,
      (parameters) =>
        `${textIn("event", events, parameters)} AND customer <> ${parameters.add({ type: "text", value: to })}`,
      spread,
    );
  }
}

async function removeStatements(
  server: ClickHouse,
  statements: CustomerMove["statements"]["removed"],
  spread?: Spread,
): Promise<void> {
  if (statements.length === 0) return;
  await deleteRows(
    server,
    consentsTable.name,
    (parameters) => {
      const text = (value: string) => parameters.add({ type: "text", value });
      return statements
        .map(({ customerId, purpose, state, at, source, text: version = "" }) => {
          const instant = parameters.add({ type: "instant", value: BigInt(at) });
          return `(customer = ${text(customerId)} AND purpose = ${text(purpose)} AND state = ${text(state)}
            AND at = ${instant} AND source = ${text(source)} AND ifNull(text, '') = ${text(version)})`;
        })
        .join(" OR ");
    },
    spread,
  );
}
