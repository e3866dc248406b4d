import type { DuckDBConnection } from "@duckdb/node-api";
import { toDuckDb } from "../../rules/duckdb";
import { duckDbCounting } from "../duckdb/dialect";
import { type DictionaryLimits, dictionaryLimits, type Layout } from "../duckdb/layout";
import type { Engine, QueryOptions } from "../engine";
import { newAttributes } from "../new-attributes";
import { askByAttribute } from "../sql/by-attribute";
import { countStatement, countsStatement } from "../sql/counts-statement";
import { askImpact } from "../sql/impact-statement";
import { overlapStatement } from "../sql/overlap-statement";
import { type Asking, ask } from "../sql/question";
import { storableProfile } from "../storable-profile";
import { openLane } from "./connection-lane";
import { addEventTypes, appendEvents } from "./duckdb-events";
import { changesBetween, forgetBeyond, materialise, membersAt } from "./duckdb-membership-log";
import { refreshComputed } from "./duckdb-refresh";
import { growLayout } from "./grow-layout";
import { addAttributeColumns, createTables, dropStrayColumns, readLayout } from "./layout-store";
import { openFile } from "./open-file";
import { readByRegion, readIds, readProfile, readStatistics } from "./read-profiles";
import { readRows } from "./run-statement";
import { streamIds } from "./stream-columns";
import { timeLimit, withinTime } from "./within-time";
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
  writing: { size: 1 },
};

type Counting<T> = (connection: DuckDBConnection, layout: Layout, signal: AbortSignal) => Promise<T>;

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
  const listing = openLane(instance, lanes.listing);
  const lookups = openLane(instance, lanes.lookups);

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

  /** Waiting counts for somebody's question; what nobody waits for may wait for its turn. */
  function count<T>(work: Counting<T>, options: QueryOptions = {}): Promise<T> {
    const askedAt = performance.now();
    return counting.use(options, (connection) => {
      const waitedMs = options.for === undefined ? 0 : performance.now() - askedAt;
      const time = { limitMs: timeLimit(options), waitedMs, signal: options.signal };
      return withinTime(time, (signal) => countOn(connection, work, signal));
    });
  }

  /** A change of storage between translation and execution shows as an unknown column: translate again. */
  async function countOn<T>(connection: DuckDBConnection, work: Counting<T>, signal: AbortSignal): Promise<T> {
    const seen = layout;
    try {
      return await work(connection, seen, signal);
    } catch (error) {
      if (layout === seen || !isBinderError(error)) throw error;
      return work(connection, layout, signal);
    }
  }

  function asked<T>(asOf: number, options: QueryOptions | undefined, work: (asking: Asking) => Promise<T>): Promise<T> {
    const answer: Counting<T> = (connection, now, signal) =>
      work({
        dialect: () => duckDbCounting(now, asOf),
        rows: (statement) => readRows(connection, statement, { signal }),
      });
    return count(answer, options);
  }

  function lookUp<T>(work: (connection: DuckDBConnection, now: Layout) => Promise<T>): Promise<T> {
    return lookups.use(undefined, (connection) => work(connection, layout));
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
    get: (id) => lookUp((connection, now) => readProfile(connection, id, now)),
    findIds: (prefix, limit) => lookUp((connection) => readIds(connection, prefix, limit)),
    population: () =>
      lookUp(async (connection) => {
        const [row] = await readRows(connection, { sql: "SELECT count(*) FROM profiles", parameters: [] });
        return Number(row?.[0]);
      }),

    count: (rule, asOf, options) =>
      asked(asOf, options, (asking) => ask(asking, (dialect) => countStatement(rule, dialect))),
    counts: (rule, asOf, options) =>
      asked(asOf, options, async (asking) => {
        const counts = await ask(asking, (dialect) => countsStatement(rule, dialect));
        if (options?.by === undefined) return counts;
        return { ...counts, byAttribute: await askByAttribute(asking, rule, options.by, options.ends) };
      }),
    impact: (before, after, asOf, options) =>
      asked(asOf, options, (asking) =>
        askImpact(asking, { before, after, scores: options?.scores ?? new Set() }, options?.samples),
      ),
    overlap: (rules, asOf, options) =>
      asked(asOf, options, (asking) => ask(asking, (dialect) => overlapStatement(rules, options?.within, dialect))),
    members: (rule, asOf, options) => {
      const { sql, parameters } = toDuckDb(rule.tree, layout, asOf);
      const statement = { sql: `SELECT id FROM profiles WHERE ${sql} ORDER BY id`, parameters };
      return streamIds(listing, statement, options);
    },
    addEventTypes: (types) => write(undefined, (connection) => addEventTypes(connection, types)),
    appendEvents: (events) => write(undefined, (connection) => appendEvents(connection, events)),
    refresh: (computed, asOf, { signal } = {}) =>
      write(signal, (connection, adopt) =>
        refreshComputed(connection, computed, asOf, { layout, adopt, dictionaries: limits, now: Date.now(), signal }),
      ),
    materialise: (of, options) => write(options?.signal, (connection) => materialise(connection, of, layout, options)),
    membersAt: (of, options) => membersAt(listing, of, options),
    changesBetween: (of, options) => changesBetween(listing, of, options),
    forgetBeyond: (of) => write(undefined, (connection) => forgetBeyond(connection, of)),

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
      for (const lane of [counting, listing, lookups, writing]) lane.close();
      instance.closeSync();
    },
  };
}

function isBinderError(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Binder Error");
}
