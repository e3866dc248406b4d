import type { DuckDBConnection } from "@duckdb/node-api";
import { toDuckDb } from "../../rules/duckdb";
import {
  type CustomerMove,
  type CustomerReader,
  customersIn,
  eventsOfMerged,
  planMerge,
  planParting,
} from "../customer-move";
import { type DictionaryLimits, dictionaryLimits, type Layout } from "../duckdb/layout";
import type { Engine } from "../engine";
import { newAttributes } from "../new-attributes";
import { countingAnswers } from "../sql/counting-answers";
import { storableProfile } from "../storable-profile";
import { openLane } from "./connection-lane";
import { consentsOf } from "./duckdb-consents";
import { duckDbCounts } from "./duckdb-counting";
import { eraseRows, traces } from "./duckdb-erase";
import { addEventTypes, appendEvents } from "./duckdb-events";
import { eventsOf } from "./duckdb-events-of";
import { findByIdentity, readIdentities, removeIdentities, writeIdentities } from "./duckdb-identities";
import { ingest } from "./duckdb-ingest";
import {
  changesBetween,
  compact,
  floor,
  forgetBeyond,
  materialise,
  membersAt,
  membershipsOf,
  newestLogged,
  turnover,
} from "./duckdb-membership-log";
import { applyMove, customerReader, mergedInto } from "./duckdb-merges";
import { readProfileAt } from "./duckdb-past-profiles";
import { customersSlid, refreshComputed } from "./duckdb-refresh";
import { growLayout } from "./grow-layout";
import { addAttributeColumns, createTables, dropStrayColumns, inTransaction, readLayout } from "./layout-store";
import { openFile } from "./open-file";
import { readByRegion, readIds, readProfile, readQuantiles, readRegions, readStatistics } from "./read-profiles";
import { readRows } from "./run-statement";
import { scrubFreeBlocks } from "./scrub-free-blocks";
import { streamIds } from "./stream-columns";
import { additionsOf, writeProfiles } from "./write-profiles";

/** What imports and benches need beyond `Engine`: the one writing connection, and its layout. */
export type DuckDbEngine = Engine & {
  readonly kind: "duckdb";
  layout(): Layout;
  /** Runs alone among writers. `adopt` makes a grown layout known to readers. */
  write<T>(
    signal: AbortSignal | undefined,
    work: (connection: DuckDBConnection, adopt: (layout: Layout) => void) => Promise<T>,
  ): Promise<T>;
  /** A connection of the caller's own, to be closed by the caller. */
  connect(): Promise<DuckDBConnection>;
};

/**
 * Lookups, lists and writing run beside counting, so that a heavy count keeps none of them waiting. One statement uses
 * all processors, so a second one of the same person would only slow others.
 */
const lanes = {
  counting: { size: 3, each: 1, patienceMs: 3_000 },
  listing: { size: 4, each: 2 },
  lookups: { size: 1 },
  /** The log has no index, so the line of one customer takes longer than a profile. */
  lines: { size: 2 },
  writing: { size: 1 },
  /** The membership log, in tables of its own: a release or kill never waits for what comes in. */
  logging: { size: 1 },
};

export async function openDuckDbEngine(
  path: string,
  limits: DictionaryLimits = dictionaryLimits,
): Promise<DuckDbEngine> {
  const instance = await openFile(path);
  const writing = openLane(instance, lanes.writing);
  let layout = await writing.use(undefined, async (connection) => {
    await createTables(connection);
    const stored = await readLayout(connection);
    await dropStrayColumns(connection, stored);
    return stored;
  });
  const counting = openLane(instance, lanes.counting);
  const { count, asked } = duckDbCounts(counting, () => layout);
  const listing = openLane(instance, lanes.listing);
  const lookups = openLane(instance, lanes.lookups);
  const lines = openLane(instance, lanes.lines);
  const logging = openLane(instance, lanes.logging);

  function write<T>(
    signal: AbortSignal | undefined,
    work: (connection: DuckDBConnection, adopt: (grown: Layout) => void) => Promise<T>,
  ): Promise<T> {
    return writing.use({ signal }, (connection) =>
      work(connection, (grown) => {
        layout = grown;
      }),
    );
  }

  function lookUp<T>(work: (connection: DuckDBConnection, now: Layout) => Promise<T>): Promise<T> {
    return lookups.use(undefined, (connection) => work(connection, layout));
  }

  /** What came of two customers; null where nothing was to be done. */
  function moved(plan: (reader: CustomerReader) => Promise<CustomerMove | null>, now: number) {
    return write(undefined, async (connection, adopt) => {
      const move = await plan(customerReader(connection, layout));
      if (!move) return { touched: [] };
      adopt(await growLayout(connection, layout, additionsOf(move.profiles, layout), limits));
      await inTransaction(connection, () => applyMove(connection, move, { layout, now }));
      return { touched: [move.merge.from, move.merge.into] };
    });
  }

  return {
    kind: "duckdb",
    layout: () => layout,
    write,
    connect: () => instance.connect(),

    addAttributes: (attributes) =>
      write(undefined, async (connection, adopt) => {
        const added = newAttributes(attributes, layout.types);
        if (added.length === 0) return;
        await addAttributeColumns(connection, added);
        adopt(await readLayout(connection));
      }),
    storedAttributes: async () => layout.types,

    upsert: async (profiles) => {
      if (profiles.length === 0) return { inserted: 0, updated: 0 };
      return write(undefined, async (connection, adopt) => {
        const storable = profiles.map((profile) => storableProfile(profile, layout.types));
        const last = [...new Map(storable.map((profile) => [profile.id, profile])).values()];
        adopt(await growLayout(connection, layout, additionsOf(last, layout), limits));
        return writeProfiles(connection, last, layout, Date.now());
      });
    },
    ingest: (batch, now) =>
      write(undefined, (connection, adopt) => ingest(connection, batch, { layout, adopt, dictionaries: limits, now })),
    get: (id) => lookUp((connection, now) => readProfile(connection, id, now)),
    regionsOf: (ids) => lookUp((connection, now) => readRegions(connection, ids, now)),
    consentsOf: (customerId) => lookUp((connection, now) => consentsOf(connection, customerId, now)),
    profileAt: (customerId, asOf, computed) =>
      lookUp((connection, now) => readProfileAt(connection, customerId, { asOf, layout: now, computed })),
    findIds: (prefix, limit) => lookUp((connection) => readIds(connection, prefix, limit)),
    population: () =>
      lookUp(async (connection) => {
        const [row] = await readRows(connection, { sql: "SELECT count(*) FROM profiles", parameters: [] });
        return Number(row?.[0]);
      }),

    ...countingAnswers(asked),
    members: (rule, asOf, options) => {
      const statement = () => {
        const { sql, parameters } = toDuckDb(rule.tree, layout, asOf);
        return { sql: `SELECT id FROM profiles WHERE ${sql} ORDER BY id`, parameters };
      };
      return streamIds(listing, statement, options);
    },
    addEventTypes: (types) => write(undefined, (connection) => addEventTypes(connection, types)),
    appendEvents: (events) =>
      write(undefined, async (connection) =>
        appendEvents(connection, eventsOfMerged(events, await mergedInto(connection, customersIn({ events })))),
      ),
    refresh: (computed, asOf, options = {}) =>
      write(options.signal, (connection, adopt) => {
        const writing = { layout, adopt, dictionaries: limits, now: Date.now() };
        return refreshComputed(connection, computed, asOf, { ...options, ...writing });
      }),
    slid: (computed, between) => listing.use(undefined, (connection) => customersSlid(connection, computed, between)),
    eventsOf: (id, page) => lookUp((connection) => eventsOf(connection, id, page)),
    merge: ({ from, into }, now) => moved((reader) => planMerge(reader, { from, into }, now), now),
    unmerge: ({ from, into }, now) => moved((reader) => planParting(reader, { from, into }), now),
    mergedInto: (ids) => lookUp((connection) => mergedInto(connection, ids)),
    erase: (ids) =>
      write(undefined, (connection, adopt) =>
        logging.use(undefined, async () => {
          const found = await eraseRows(connection, ids, layout);
          adopt(await readLayout(connection));
          await scrubFreeBlocks(connection);
          return found;
        }),
      ),
    traces: (ids) => lookUp((connection) => traces(connection, ids)),
    findByIdentity: (namespace, value) => lookUp((connection) => findByIdentity(connection, namespace, value)),
    identitiesOf: (id) => lookUp((connection) => readIdentities(connection, id)),
    link: (identities) =>
      write(undefined, (connection) => inTransaction(connection, () => writeIdentities(connection, identities))),
    unlink: (identities) => write(undefined, (connection) => removeIdentities(connection, identities)),
    materialise: (of, options) =>
      logging.use({ signal: options?.signal }, (connection) => materialise(connection, of, () => layout, options)),
    membersAt: (of, options) => membersAt(listing, of, options),
    changesBetween: (of, options) => changesBetween(listing, of, options),
    membershipsOf: (environment, customerId) =>
      lines.use(undefined, (connection) => membershipsOf(connection, environment, customerId)),
    forgetBeyond: (of) => logging.use(undefined, (connection) => forgetBeyond(connection, of)),
    compact: (of) => logging.use(undefined, (connection) => compact(connection, of)),
    floor: (environment) => lookUp((connection) => floor(connection, environment)),
    newestLogged: (environment) => lines.use(undefined, (connection) => newestLogged(connection, environment)),

    turnover: (of) => count((connection) => turnover(connection, of)),
    quantiles: (attribute, parts) => count((connection, now) => readQuantiles(connection, attribute, parts, now)),
    statistics: (attribute) => count((connection, now) => readStatistics(connection, attribute, now)),
    byRegion: () => count((connection, now) => readByRegion(connection, now)),
    changedAt: () =>
      lookUp(async (connection) => {
        const [row] = await readRows(connection, { sql: "SELECT changed_at FROM state", parameters: [] });
        return typeof row?.[0] === "bigint" ? Number(row[0]) : null;
      }),
    ping: () =>
      lookUp(async (connection) => {
        await connection.run("SELECT 1");
      }),
    close: async () => {
      for (const lane of [counting, listing, lookups, lines, logging, writing]) lane.close();
      instance.closeSync();
    },
  };
}
