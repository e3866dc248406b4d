import type { DuckDBConnection } from "@duckdb/node-api";
import type { Attribute } from "../../catalogue/definition";
import { DomainError } from "../../errors";
import type { GuardedRule } from "../../guards/guarded-rule";
import { toDuckDb } from "../../rules/duckdb";
import type { SqlStatement } from "../../rules/sql-statement";
import { treeSql } from "../../rules/sql-tree";
import { duckDbCounting } from "../duckdb/dialect";
import { type DictionaryLimits, dictionaryLimits, type Layout } from "../duckdb/layout";
import type { Engine, QueryOptions } from "../engine";
import { type CountsRow, countsStatement } from "../sql/counts-statement";
import { storableProfile } from "../storable-profile";
import { openLane } from "./connection-lane";
import { growLayout } from "./grow-layout";
import { addAttributeColumns, createTables, dropStrayColumns, readLayout } from "./layout-store";
import { openFile } from "./open-file";
import { readByRegion, readIds, readProfile, readStatistics } from "./read-profiles";
import { boundValues, interruptible, queryLimitMs, readRows } from "./run-statement";
import { additionsOf, writeProfiles } from "./write-profiles";

/** What imports and benches need beyond `Engine`: the one writing connection, and its layout. */
export type DuckDbEngine = Engine & {
  layout(): Layout;
  /** Runs alone among writers. `adopt` makes a grown layout known to readers. */
  write<T>(
    signal: AbortSignal | undefined,
    work: (connection: DuckDBConnection, adopt: (layout: Layout) => void) => Promise<T>,
  ): Promise<T>;
  /** A connection of the caller's own, to be closed by the caller. */
  connect(): Promise<DuckDBConnection>;
};

/** Counts run in two at a time, lookups beside them, so that a heavy count does not keep a lookup waiting. */
const lanes = { counting: 2, lookups: 1, writing: 1 };

export async function openDuckDbEngine(
  path: string,
  limits: DictionaryLimits = dictionaryLimits,
): Promise<DuckDbEngine> {
  const instance = await openFile(path);
  const writing = await openLane(instance, lanes.writing);
  let layout = await writing.use(undefined, async (connection) => {
    await createTables(connection);
    const stored = await readLayout(connection);
    await dropStrayColumns(connection, stored);
    return stored;
  });
  const counting = await openLane(instance, lanes.counting);
  const lookups = await openLane(instance, lanes.lookups);

  function write<T>(
    signal: AbortSignal | undefined,
    work: (connection: DuckDBConnection, adopt: (grown: Layout) => void) => Promise<T>,
  ): Promise<T> {
    return writing.use(signal, (connection) =>
      work(connection, (grown) => {
        layout = grown;
      }),
    );
  }

  /** A change of storage between translation and execution shows as an unknown column: translate again. */
  async function count<T>(work: (connection: DuckDBConnection, now: Layout) => Promise<T>, options: QueryOptions = {}) {
    return counting.use(options.signal, async (connection) => {
      const seen = layout;
      try {
        return await work(connection, seen);
      } catch (error) {
        if (layout === seen || !isBinderError(error)) throw error;
        return work(connection, layout);
      }
    });
  }

  function lookUp<T>(work: (connection: DuckDBConnection, now: Layout) => Promise<T>): Promise<T> {
    return lookups.use(undefined, (connection) => work(connection, layout));
  }

  const rowsOf = (connection: DuckDBConnection, statement: SqlStatement, { signal }: QueryOptions = {}) =>
    readRows(connection, statement, { signal, limitMs: queryLimitMs });

  return {
    kind: "duckdb",
    layout: () => layout,
    write,
    connect: () => instance.connect(),

    addAttributes: (attributes) =>
      write(undefined, async (connection, adopt) => {
        const added = newAttributes(attributes, layout);
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
        const rows = await rowsOf(connection, { sql: "SELECT count(*) FROM profiles", parameters: [] });
        return Number(rows[0]?.[0]);
      }),

    count: (rule, asOf, options) =>
      count(async (connection, now) => {
        const { sql, parameters } = toDuckDb(rule.tree, now, asOf);
        const statement = { sql: `SELECT count(*) FROM profiles WHERE ${sql}`, parameters };
        return Number((await rowsOf(connection, statement, options))[0]?.[0]);
      }, options),
    counts: (rule, asOf, options) =>
      count(async (connection, now) => {
        const statement = countsStatement(rule, duckDbCounting(now, asOf));
        return statement.read((await rowsOf(connection, statement, options)).map(asCountsRow));
      }, options),
    impact: (before, after, asOf, options) =>
      count(async (connection, now) => {
        const rows = await rowsOf(connection, impactStatement(before, after, now, asOf), options);
        const [entering, leaving, staying] = (rows[0] ?? []).map(Number);
        const moved = { entering: entering ?? 0, leaving: leaving ?? 0, staying: staying ?? 0 };
        return { ...moved, byCause: [], samples: { entering: [], leaving: [] } };
      }, options),
    members: (rule, asOf, options) => memberPages(rule, asOf, options),
    overlap: () => unbuilt(),
    addEventTypes: () => unbuilt(),
    appendEvents: () => unbuilt(),
    refresh: () => unbuilt(),
    materialise: () => unbuilt(),
    membersAt: () => unbuilt(),
    changesBetween: () => unbuilt(),
    forgetBeyond: () => unbuilt(),

    statistics: (attribute) => count((connection, now) => readStatistics(connection, attribute, now)),
    byRegion: () => count((connection, now) => readByRegion(connection, now)),
    changedAt: () =>
      lookUp(async (connection) => {
        const [row] = await rowsOf(connection, { sql: "SELECT changed_at FROM state", parameters: [] });
        return typeof row?.[0] === "bigint" ? Number(row[0]) : null;
      }),
    ping: () =>
      lookUp(async (connection) => {
        await connection.run("SELECT 1");
      }),
    close: async () => {
      for (const lane of [counting, lookups, writing]) lane.close();
      instance.closeSync();
    },
  };

  async function* memberPages(rule: GuardedRule, asOf: number, { signal }: QueryOptions = {}) {
    const connection = await instance.connect();
    try {
      const { sql, parameters } = toDuckDb(rule.tree, layout, asOf);
      const { values, types } = boundValues(parameters);
      const text = `SELECT id FROM profiles WHERE ${sql} ORDER BY id`;
      const result = await interruptible(connection, { signal }, () => connection.stream(text, values, types));
      for (;;) {
        const chunk = await interruptible(connection, { signal }, () => result.fetchChunk());
        if (!chunk || chunk.rowCount === 0) return;
        yield chunk.getColumnValues(0).map(String);
      }
    } finally {
      connection.closeSync();
    }
  }
}

function unbuilt(): never {
  throw new Error("Not built yet.");
}

function newAttributes(attributes: readonly Attribute[], { types }: Layout): readonly Attribute[] {
  for (const { key, type } of attributes) {
    const stored = types.get(key);
    if (stored !== undefined && stored !== type)
      throw new DomainError("conflict", `Attribute "${key}" is stored as ${stored} and cannot become ${type}.`, {
        reason: "attribute-type-changed",
      });
  }
  const fresh = attributes.filter(({ key }) => !types.has(key));
  return [...new Map(fresh.map((attribute) => [attribute.key, attribute])).values()];
}

function impactStatement(before: GuardedRule, after: GuardedRule, layout: Layout, asOf: number): SqlStatement {
  const dialect = duckDbCounting(layout, asOf);
  const was = `${dialect.isTrue(treeSql(before.tree, dialect))} AS was`;
  const is = `${dialect.isTrue(treeSql(after.tree, dialect))} AS becomes`;
  const sql = `SELECT count_if(becomes AND NOT was), count_if(was AND NOT becomes), count_if(was AND becomes)
    FROM (SELECT ${was}, ${is} FROM profiles)`;
  return { sql, parameters: dialect.parameters.list };
}

function asCountsRow([region, ...numbers]: readonly unknown[]): CountsRow {
  return { region, numbers: numbers.map(Number) };
}

function isBinderError(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Binder Error");
}
