import type { GuardedRule } from "../../guards/guarded-rule";
import type { Profile } from "../../rules/definition";
import { treeSql } from "../../rules/sql-tree";
import { clickHouseCounting, profilesNow } from "../clickhouse/dialect";
import type { Layout } from "../clickhouse/layout";
import { refreshStatement, slidStatement } from "../clickhouse/refresh-statement";
import { createTable, fixedTables } from "../clickhouse/tables";
import {
  type CustomerMove,
  type CustomerReader,
  customersIn,
  eventsOfMerged,
  planMerge,
  planParting,
} from "../customer-move";
import type { ConsentStatement } from "../customer-records";
import type { Engine, QueryOptions } from "../engine";
import { requireStored } from "../require-stored";
import { countingAnswers } from "../sql/counting-answers";
import type { SqlRow } from "../sql/question";
import { storableProfile } from "../storable-profile";
import { consentsOf, readStatements } from "./clickhouse-consents";
import { clickHouseCounts } from "./clickhouse-counting";
import { openDatabase } from "./clickhouse-database";
import { eraseRows, traces } from "./clickhouse-erase";
import { addEventTypes, appendEvents, readEventShapes } from "./clickhouse-events";
import { eventsOf } from "./clickhouse-events-of";
import { findByIdentity, readIdentities, removeIdentities, writeIdentities } from "./clickhouse-identities";
import { ingest } from "./clickhouse-ingest";
import { knownLayout } from "./clickhouse-layout";
import {
  changesBetween,
  compact,
  dropOldLog,
  floor,
  forgetBeyond,
  materialise,
  membersAt,
  membershipsOf,
  newestLogged,
  turnover,
} from "./clickhouse-membership-log";
import { applyMove, customerReader, mergedInto } from "./clickhouse-merges";
import { readProfileAt } from "./clickhouse-past-profiles";
import {
  plain,
  readByRegion,
  readIds,
  readProfiles,
  readQuantiles,
  readRegions,
  readStatistics,
  writeProfiles,
} from "./clickhouse-profiles";
import { fairTurns, inTurn } from "./fair-turns";

export type ClickHouseOptions = {
  /** `https://user:password@host:8443/database`, with `?cluster=name` where tables are spread over a cluster. */
  readonly url: string;
};

export type ClickHouseEngine = Engine & {
  readonly kind: "clickhouse";
  /** Those of the customers that are known, in no order. */
  profilesOf(ids: readonly string[]): Promise<Profile[]>;
  /** Everything that the customers have said, in no order. */
  statementsOf(ids: readonly string[]): Promise<ConsentStatement[]>;
};

/** See `openDuckDbEngine`. A server has its own way of sharing its processors, so more may run at a time. */
const lanes = {
  counting: { size: 6, each: 2, patienceMs: 3_000 },
  listing: { size: 4, each: 2 },
};

export async function openClickHouseEngine({ url }: ClickHouseOptions): Promise<ClickHouseEngine> {
  const { server, spread } = await openDatabase(url);
  await dropOldLog(server, spread);
  for (const table of fixedTables) for (const sql of createTable(table, spread)) await server.run(plain(sql));
  const layout = await knownLayout(server, spread);
  let latest = 0;
  const counting = fairTurns(lanes.counting);
  const { count, asked } = clickHouseCounts(server, counting, layout);
  const listing = fairTurns(lanes.listing);
  const writing = fairTurns({ size: 1 });
  const logging = fairTurns({ size: 1 });

  /** Microseconds, and greater than every version before from this process. */
  function nextVersion(): number {
    latest = Math.max(latest + 1, Date.now() * 1_000);
    return latest;
  }

  function write<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    return inTurn(writing, { signal }, work);
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
    const statement = await layout.use(async (now) => {
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

  function moved(plan: (reader: CustomerReader) => Promise<CustomerMove | null>, now: number) {
    return write(undefined, async () => {
      // Whole rows are written: a column that is not known here would be lost.
      const known = await layout.read();
      const move = await plan(customerReader(server, known));
      if (!move) return { touched: [] };
      await applyMove(server, move, { layout: known, spread, now, nextVersion });
      return { touched: [move.merge.from, move.merge.into] };
    });
  }

  return {
    kind: "clickhouse",
    addAttributes: (attributes) => write(undefined, () => layout.addAttributes(attributes)),
    storedAttributes: async () => layout.now().types,

    upsert: async (profiles) => {
      if (profiles.length === 0) return { inserted: 0, updated: 0 };
      const upserted = (now: Layout) => {
        const storable = profiles.map((profile) => storableProfile(profile, now.types));
        const last = [...new Map(storable.map((profile) => [profile.id, profile])).values()];
        return writeProfiles(server, last, nextVersion(), now);
      };
      return write(undefined, () => layout.use(async (now) => upserted(now)));
    },
    ingest: (batch, at) =>
      write(undefined, () =>
        layout.use((now) => ingest(server, batch, { layout: now, version: nextVersion(), now: at })),
      ),
    get: async (id) => (await readProfiles(server, [id], layout.now()))[0] ?? null,
    profilesOf: (ids) => readProfiles(server, ids, layout.now()),
    statementsOf: (ids) => readStatements(server, ids),
    regionsOf: (ids) => readRegions(server, ids),
    consentsOf: (customerId) => consentsOf(server, customerId),
    profileAt: (customerId, asOf, computed) =>
      readProfileAt(server, customerId, { asOf, layout: layout.now(), computed }),
    findIds: (prefix, limit) => readIds(server, prefix, limit),
    population: () => number(`SELECT count() FROM ${profilesNow}`),

    ...countingAnswers(asked),
    members: (rule, asOf, options) => listed(options, () => members(rule, asOf, options)),
    addEventTypes: (types) => write(undefined, () => addEventTypes(server, types, spread)),
    appendEvents: (events) =>
      write(undefined, async () =>
        appendEvents(server, eventsOfMerged(events, await mergedInto(server, customersIn({ events })))),
      ),
    refresh: (computed, asOf, { signal, customers } = {}) =>
      write(signal, async () => {
        if (computed.length === 0) return;
        // Whole rows are written: a column that is not known here would be lost.
        const now = await layout.read();
        requireStored(computed, now.types, await readEventShapes(server));
        await server.run(refreshStatement(computed, { asOf, version: nextVersion(), customers }, now), { signal });
      }),
    slid: async (computed, between) => {
      const statement = slidStatement(computed, between);
      return statement === null ? [] : (await server.rows(statement)).map(firstText);
    },
    eventsOf: (id, page) => eventsOf(server, id, page),
    merge: ({ from, into }, now) => moved((reader) => planMerge(reader, { from, into }, now), now),
    unmerge: ({ from, into }, now) => moved((reader) => planParting(reader, { from, into }), now),
    mergedInto: (ids) => mergedInto(server, ids),
    erase: (ids) => write(undefined, () => eraseRows(server, ids, spread)),
    traces: (ids) => traces(server, ids),
    findByIdentity: (namespace, value) => findByIdentity(server, namespace, value),
    identitiesOf: (id) => readIdentities(server, id),
    link: (identities) => write(undefined, () => writeIdentities(server, identities, nextVersion())),
    unlink: (identities) => write(undefined, () => removeIdentities(server, identities, nextVersion())),
    materialise: (of, options) =>
      inTurn(logging, { signal: options?.signal }, () => layout.use((now) => materialise(server, of, now, options))),
    membersAt: (of, options) => listed(options, () => membersAt(server, of, options)),
    changesBetween: (of, options) => listed(options, () => changesBetween(server, of, options)),
    membershipsOf: (environment, customerId) => membershipsOf(server, environment, customerId),
    forgetBeyond: (of) => inTurn(logging, {}, () => forgetBeyond(server, of)),
    compact: (of) => inTurn(logging, {}, () => compact(server, of)),
    floor: (environment) => floor(server, environment),
    newestLogged: (environment) => newestLogged(server, environment),

    turnover: (of) => turnover(server, of),
    quantiles: (attribute, parts) => count((now, rows) => readQuantiles(rows, attribute, parts, now)),
    statistics: (attribute) => count((now, rows) => readStatistics(rows, attribute, now)),
    byRegion: () => count((_, rows) => readByRegion(rows)),
    changedAt: async () => {
      const version = await number("SELECT max(version) FROM profiles");
      return version === 0 ? null : Math.floor(version / 1_000);
    },
    ping: async () => void (await number("SELECT 1")),
    close: async () => {
      for (const each of [counting, listing, writing, logging]) each.close(new Error("The engine is closed."));
      await server.close();
    },
  };
}

function firstText([first]: SqlRow): string {
  return String(first);
}
