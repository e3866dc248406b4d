import { isDomainError } from "../../errors";
import type { GuardedRule } from "../../guards/guarded-rule";
import type { Profile } from "../../rules/definition";
import { treeSql } from "../../rules/sql-tree";
import { clickHouseCounting, profilesNow } from "../clickhouse/dialect";
import { columnDefinitions, type Layout, layoutOf } from "../clickhouse/layout";
import { refreshStatement } from "../clickhouse/refresh-statement";
import { addColumns, createTable, membershipTable, profilesTable } from "../clickhouse/tables";
import type { Engine, QueryOptions } from "../engine";
import { newAttributes } from "../new-attributes";
import { requireStored } from "../require-stored";
import { askByAttribute } from "../sql/by-attribute";
import { countStatement, countsStatement } from "../sql/counts-statement";
import { askImpact } from "../sql/impact-statement";
import { overlapStatement } from "../sql/overlap-statement";
import { type Asking, ask, type SqlRow } from "../sql/question";
import { storableProfile } from "../storable-profile";
import type { ClickHouse } from "./clickhouse-client";
import { openDatabase } from "./clickhouse-database";
import { addEventTypes, appendEvents, readEventShapes } from "./clickhouse-events";
import { changesBetween, forgetBeyond, materialise, membersAt } from "./clickhouse-membership-log";
import { plain, readByRegion, readIds, readProfiles, readStatistics, writeProfiles } from "./clickhouse-profiles";
import { fairTurns } from "./fair-turns";
import { timeLimit, withinTime } from "./within-time";

export type ClickHouseOptions = {
  /** `https://user:password@host:8443/database`, with `?cluster=name` where tables are spread over a cluster. */
  readonly url: string;
};

export type ClickHouseEngine = Engine & {
  readonly kind: "clickhouse";
  /** Those of the customers that are known, in no order. */
  profilesOf(ids: readonly string[]): Promise<Profile[]>;
};

/** See `openDuckDbEngine`. A server has its own way of sharing its processors, so more may run at a time. */
const lanes = {
  counting: { size: 6, each: 2, patienceMs: 3_000 },
  listing: { size: 4, each: 2 },
};

/** Reasons of errors that speak of an attribute that is not stored. */
const missesSomething: ReadonlySet<string> = new Set([
  "unreadable-rule",
  "unstorable-profile",
  "not-stored",
  "not-found",
]);

export async function openClickHouseEngine({ url }: ClickHouseOptions): Promise<ClickHouseEngine> {
  const { server, spread } = await openDatabase(url);
  for (const table of [profilesTable, membershipTable])
    for (const sql of createTable(table, spread)) await server.run(plain(sql));
  let layout = await readLayout(server);
  let latest = 0;
  const counting = fairTurns(lanes.counting);
  const listing = fairTurns(lanes.listing);
  const writing = fairTurns({ size: 1 });

  /** Microseconds, and greater than every version before from this process. */
  function nextVersion(): number {
    latest = Math.max(latest + 1, Date.now() * 1_000);
    return latest;
  }

  async function write<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const endTurn = await writing.take({ signal });
    try {
      return await work();
    } finally {
      endTurn();
    }
  }

  /** Another process may have added what this one does not know: then its columns are read, and it is asked again. */
  async function withLayout<T>(work: (now: Layout) => Promise<T>): Promise<T> {
    try {
      return await work(layout);
    } catch (error) {
      if (!isDomainError(error) || !missesSomething.has(error.reason)) throw error;
      const known = layout.types.size;
      layout = await readLayout(server);
      if (layout.types.size === known) throw error;
      return work(layout);
    }
  }

  /** Waiting counts for somebody's question; what nobody waits for may wait for its turn. */
  async function count<T>(work: (now: Layout, rows: Asking["rows"]) => Promise<T>, options: QueryOptions = {}) {
    const askedAt = performance.now();
    const endTurn = await counting.take(options);
    const waitedMs = options.for === undefined ? 0 : performance.now() - askedAt;
    const limitMs = timeLimit(options);
    try {
      return await withinTime({ limitMs, waitedMs, signal: options.signal }, (signal) =>
        withLayout((now) => work(now, (statement) => server.rows(statement, { signal, limitMs }))),
      );
    } finally {
      endTurn();
    }
  }

  function asked<T>(asOf: number, options: QueryOptions | undefined, work: (asking: Asking) => Promise<T>): Promise<T> {
    return count((now, rows) => work({ dialect: () => clickHouseCounting(now, asOf), rows }), options);
  }

  /** A reader who stops reading keeps no count waiting. */
  async function* listed<T>(options: QueryOptions | undefined, pages: () => AsyncIterable<T>): AsyncGenerator<T> {
    const endTurn = await listing.take(options);
    try {
      yield* pages();
    } finally {
      endTurn();
    }
  }

  async function* members(rule: GuardedRule, asOf: number, { signal }: QueryOptions = {}) {
    const statement = await withLayout(async (now) => {
      const dialect = clickHouseCounting(now, asOf);
      const sql = `SELECT id FROM ${profilesNow} WHERE ${treeSql(rule.tree, dialect)} ORDER BY id`;
      return { sql, parameters: dialect.parameters.list };
    });
    for await (const page of server.pages(statement, { signal })) yield page.map(firstText);
  }

  async function number(sql: string): Promise<number> {
    const [[value] = []] = await server.rows(plain(sql));
    return Number(value);
  }

  return {
    kind: "clickhouse",
    addAttributes: (attributes) =>
      write(undefined, async () => {
        layout = await readLayout(server);
        const added = newAttributes(attributes, layout.types);
        if (added.length === 0) return;
        const definitions = added.flatMap(({ key, type }) => columnDefinitions(key, type));
        for (const sql of addColumns(profilesTable.name, definitions, spread)) await server.run(plain(sql));
        layout = await readLayout(server);
      }),
    storedAttributes: async () => layout.types,

    upsert: async (profiles) => {
      if (profiles.length === 0) return { inserted: 0, updated: 0 };
      const upserted = (now: Layout) => {
        const storable = profiles.map((profile) => storableProfile(profile, now.types));
        const last = [...new Map(storable.map((profile) => [profile.id, profile])).values()];
        return writeProfiles(server, last, nextVersion(), now);
      };
      return write(undefined, () => withLayout(async (now) => upserted(now)));
    },
    get: async (id) => (await readProfiles(server, [id], layout))[0] ?? null,
    profilesOf: (ids) => readProfiles(server, ids, layout),
    findIds: (prefix, limit) => readIds(server, prefix, limit),
    population: () => number(`SELECT count() FROM ${profilesNow}`),

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
    members: (rule, asOf, options) => listed(options, () => members(rule, asOf, options)),
    addEventTypes: (types) => write(undefined, () => addEventTypes(server, types, spread)),
    appendEvents: (events) => write(undefined, () => appendEvents(server, events)),
    refresh: (computed, asOf, { signal } = {}) =>
      write(signal, async () => {
        if (computed.length === 0) return;
        // Whole rows are written: a column that is not known here would be lost.
        layout = await readLayout(server);
        requireStored(computed, layout.types, await readEventShapes(server));
        await server.run(refreshStatement(computed, asOf, nextVersion(), layout), { signal });
      }),
    materialise: (of, options) =>
      write(options?.signal, () => withLayout((now) => materialise(server, of, now, options))),
    membersAt: (of, options) => listed(options, () => membersAt(server, of, options)),
    changesBetween: (of, options) => listed(options, () => changesBetween(server, of, options)),
    forgetBeyond: (of) => write(undefined, () => forgetBeyond(server, of)),

    statistics: (attribute) => count((now, rows) => readStatistics(rows, attribute, now)),
    byRegion: () => count((_, rows) => readByRegion(rows)),
    changedAt: async () => {
      const version = await number("SELECT max(version) FROM profiles");
      return version === 0 ? null : Math.floor(version / 1_000);
    },
    ping: async () => void (await number("SELECT 1")),
    close: async () => {
      for (const each of [counting, listing, writing]) each.close(new Error("The engine is closed."));
      await server.close();
    },
  };
}

function firstText([first]: SqlRow): string {
  return String(first);
}

async function readLayout(server: ClickHouse): Promise<Layout> {
  const columns = await server.rows(
    plain(`SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '${profilesTable.name}'
      ORDER BY position`),
  );
  return layoutOf(columns.map(firstText));
}
