import { isDomainError } from "../../errors";
import { quoteName } from "../../rules/clickhouse-layout";
import type { Profile } from "../../rules/definition";
import { treeSql } from "../../rules/sql-tree";
import { StartError } from "../../server/start-error";
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
import { type ClickHouse, connectClickHouse, isUnknownDatabase } from "./clickhouse-client";
import { addEventTypes, appendEvents, readEventShapes } from "./clickhouse-events";
import { changesBetween, forgetBeyond, materialise, membersAt } from "./clickhouse-membership-log";
import { plain, readByRegion, readIds, readProfiles, readStatistics, writeProfiles } from "./clickhouse-profiles";
import { fairTurns } from "./fair-turns";
import { queryLimitMs, withinTime } from "./run-statement";

export type ClickHouseOptions = {
  /** `https://user:password@host:8443/database`, with `?cluster=name` where tables are spread over a cluster. */
  readonly url: string;
};

export type ClickHouseEngine = Engine & {
  readonly kind: "clickhouse";
  /** Those of the customers that are known, in no order. */
  profilesOf(ids: readonly string[]): Promise<Profile[]>;
};

/** A few counts at a time; the server has threads for each. */
const counting = { size: 6, each: 2, patienceMs: 3_000 };

export async function openClickHouseEngine({ url }: ClickHouseOptions): Promise<ClickHouseEngine> {
  const { address, cluster } = addressOf(url);
  const server = await openDatabase(address, cluster);
  for (const table of [profilesTable, membershipTable])
    for (const sql of createTable(table, cluster)) await server.run(plain(sql));
  let layout = await readLayout(server);
  let latest = 0;
  const turns = fairTurns(counting);
  const writers = fairTurns({ size: 1 });

  /** Microseconds, and greater than every version before from this process. */
  function nextVersion(): number {
    latest = Math.max(latest + 1, Date.now() * 1_000);
    return latest;
  }

  async function write<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const endTurn = await writers.take({ signal });
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
      if (!isDomainError(error) || !(error.reason === "unreadable-rule" || error.code === "not-found")) throw error;
      const known = layout.types.size;
      layout = await readLayout(server);
      if (layout.types.size === known) throw error;
      return work(layout);
    }
  }

  /** Somebody's question takes 5 s at most, waiting included; what nobody waits for may wait for its turn. */
  async function asked<T>(asOf: number, options: QueryOptions = {}, work: (asking: Asking) => Promise<T>): Promise<T> {
    const askedAt = performance.now();
    const endTurn = await turns.take(options);
    const waitedMs = options.for === undefined ? 0 : performance.now() - askedAt;
    const answer = (signal: AbortSignal) =>
      withLayout((now) =>
        work({
          dialect: () => clickHouseCounting(now, asOf),
          rows: (statement) => server.rows(statement, { signal, limitMs: queryLimitMs }),
        }),
      );
    try {
      return await withinTime(queryLimitMs - waitedMs, options.signal, answer);
    } finally {
      endTurn();
    }
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
        for (const sql of addColumns(profilesTable.name, definitions, cluster)) await server.run(plain(sql));
        layout = await readLayout(server);
      }),
    storedAttributes: async () => layout.types,

    upsert: async (profiles) => {
      if (profiles.length === 0) return { inserted: 0, updated: 0 };
      return write(undefined, async () => {
        const storable = profiles.map((profile) => storableProfile(profile, layout.types));
        const last = [...new Map(storable.map((profile) => [profile.id, profile])).values()];
        return writeProfiles(server, last, nextVersion(), layout);
      });
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
    async *members(rule, asOf, options) {
      const statement = await withLayout(async (now) => {
        const dialect = clickHouseCounting(now, asOf);
        const sql = `SELECT id FROM ${profilesNow} WHERE ${treeSql(rule.tree, dialect)} ORDER BY id`;
        return { sql, parameters: dialect.parameters.list };
      });
      for await (const page of server.pages(statement, { signal: options?.signal })) yield page.map(firstText);
    },
    addEventTypes: (types) => write(undefined, () => addEventTypes(server, types, cluster)),
    appendEvents: (events) => write(undefined, () => appendEvents(server, events)),
    refresh: (computed, asOf, { signal } = {}) =>
      write(signal, async () => {
        if (computed.length === 0) return;
        requireStored(computed, layout.types, await readEventShapes(server));
        await server.run(refreshStatement(computed, asOf, nextVersion(), layout), { signal });
      }),
    materialise: (of, options) =>
      write(options?.signal, () => withLayout((now) => materialise(server, of, now, options))),
    membersAt: (of, options) => membersAt(server, of, options),
    changesBetween: (of, options) => changesBetween(server, of, options),
    forgetBeyond: (of) => write(undefined, () => forgetBeyond(server, of)),

    statistics: (attribute) => withLayout((now) => readStatistics(server, attribute, now)),
    byRegion: () => readByRegion(server),
    changedAt: async () => {
      const version = await number("SELECT max(version) FROM profiles");
      return version === 0 ? null : Math.floor(version / 1_000);
    },
    ping: async () => void (await number("SELECT 1")),
    close: async () => {
      for (const each of [turns, writers]) each.close(new Error("The engine is closed."));
      await server.close();
    },
  };
}

function firstText([first]: SqlRow): string {
  return String(first);
}

/** Makes the database if there is none. Throws a StartError that says why it cannot. */
async function openDatabase(address: URL, cluster: string | undefined): Promise<ClickHouse> {
  const server = connectClickHouse(address.href);
  try {
    await server.rows(plain("SELECT 1")).catch((error: unknown) => {
      if (!isUnknownDatabase(error)) throw error;
      return createDatabase(address, cluster);
    });
    return server;
  } catch (error) {
    await server.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError("databaseUnreachable", `ClickHouse at ${address.host} cannot be used: ${reason}`, {
      cause: error,
    });
  }
}

async function createDatabase(address: URL, cluster: string | undefined): Promise<void> {
  const database = decodeURIComponent(address.pathname.slice(1));
  const outside = new URL(address);
  outside.pathname = "";
  const server = connectClickHouse(outside.href);
  const on = cluster === undefined ? "" : ` ON CLUSTER ${quoteName(cluster)}`;
  await server.run(plain(`CREATE DATABASE IF NOT EXISTS ${quoteName(database)}${on}`)).finally(server.close);
}

function addressOf(text: string): { address: URL; cluster: string | undefined } {
  const url = new URL(text);
  const cluster = url.searchParams.get("cluster") ?? undefined;
  url.searchParams.delete("cluster");
  return { address: url, cluster };
}

async function readLayout(server: ClickHouse): Promise<Layout> {
  const columns = await server.rows(
    plain(`SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '${profilesTable.name}'
      ORDER BY position`),
  );
  return layoutOf(columns.map(firstText));
}
