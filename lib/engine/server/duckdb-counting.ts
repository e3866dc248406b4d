import type { DuckDBConnection } from "@duckdb/node-api";
import { duckDbCounting } from "../duckdb/dialect";
import type { Layout } from "../duckdb/layout";
import type { QueryOptions } from "../engine";
import type { AskedAt } from "../sql/counting-answers";
import type { ConnectionLane } from "./connection-lane";
import { readRows } from "./run-statement";
import { timeLimit, withinTime } from "./within-time";

type Work<T> = (connection: DuckDBConnection, layout: Layout, signal: AbortSignal) => Promise<T>;

/** Counting on a lane's connections, each answer in the time that somebody waits for it. */
export function duckDbCounts(lane: ConnectionLane, layout: () => Layout) {
  /** Waiting counts for somebody's question; what nobody waits for may wait for its turn. */
  function count<T>(work: Work<T>, options: QueryOptions = {}): Promise<T> {
    const askedAt = performance.now();
    return lane.use(options, (connection) => {
      const waitedMs = options.for === undefined ? 0 : performance.now() - askedAt;
      const time = { limitMs: timeLimit(options), waitedMs, signal: options.signal };
      return withinTime(time, (signal) => countOn(connection, work, signal));
    });
  }

  /** A change of storage between translation and execution shows as an unknown column: translate again. */
  async function countOn<T>(connection: DuckDBConnection, work: Work<T>, signal: AbortSignal): Promise<T> {
    const seen = layout();
    try {
      return await work(connection, seen, signal);
    } catch (error) {
      if (layout() === seen || !isBinderError(error)) throw error;
      return work(connection, layout(), signal);
    }
  }

  const asked: AskedAt = (asOf, options, work) =>
    count((connection, _, signal) => {
      const rows = (statement: Parameters<typeof readRows>[1]) => readRows(connection, statement, { signal });
      return work({ dialect: () => duckDbCounting(layout(), asOf), rows });
    }, options);

  return { count, asked };
}

function isBinderError(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Binder Error");
}
