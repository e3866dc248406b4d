import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  type DuckDBResultReader,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  VARCHAR,
} from "@duckdb/node-api";
import { DomainError } from "../../errors";
import type { SqlParameter, SqlStatement } from "../../rules/sql-statement";

export type RunLimits = { readonly signal?: AbortSignal | undefined; readonly limitMs?: number };

/** A question that takes longer than this is stopped. */
export const queryLimitMs = 5_000;

export async function readRows(
  connection: DuckDBConnection,
  { sql, parameters }: SqlStatement,
  limits: RunLimits = {},
): Promise<DuckDBValue[][]> {
  const reader = await interruptible(connection, limits, () => runBound(connection, sql, parameters));
  return reader.getRows();
}

export function boundValues(parameters: readonly SqlParameter[]): { values: DuckDBValue[]; types: DuckDBType[] } {
  return { values: parameters.map(bindValue), types: parameters.map(({ type }) => bindTypes[type]) };
}

function runBound(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly SqlParameter[],
): Promise<DuckDBResultReader> {
  if (parameters.length === 0) return connection.runAndReadAll(sql);
  const { values, types } = boundValues(parameters);
  return connection.runAndReadAll(sql, values, types);
}

const bindTypes = { text: VARCHAR, texts: LIST(VARCHAR), number: DOUBLE, instant: BIGINT } as const;

function bindValue(parameter: SqlParameter): DuckDBValue {
  return parameter.type === "texts" ? listValue(parameter.value) : parameter.value;
}

/** Runs `work` on the connection and interrupts it when the signal aborts or the time is up. */
export async function interruptible<T>(
  connection: DuckDBConnection,
  { signal, limitMs }: RunLimits,
  work: () => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  let stop: { readonly reason: unknown } | undefined;
  let repeat: NodeJS.Timeout | undefined;
  const interrupt = (reason: unknown) => {
    stop ??= { reason };
    connection.interrupt();
    // An interrupt that comes before the statement has begun is lost, so it is said again until the statement ends.
    repeat ??= setInterval(() => connection.interrupt(), 5);
  };
  const onAbort = () => interrupt(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  const timer = limitMs === undefined ? undefined : setTimeout(() => interrupt(tooLong(limitMs)), limitMs);
  try {
    const result = await work();
    signal?.throwIfAborted();
    return result;
  } catch (error) {
    throw stop ? stop.reason : error;
  } finally {
    clearTimeout(timer);
    clearInterval(repeat);
    signal?.removeEventListener("abort", onAbort);
  }
}

/** Gives `work` a signal that aborts with the given one, and with `query-timeout` when the time is up. */
export async function withinTime<T>(
  limitMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(tooLong(queryLimitMs)), limitMs);
  try {
    return await work(signal ? AbortSignal.any([signal, stop.signal]) : stop.signal);
  } finally {
    clearTimeout(timer);
  }
}

export function tooLong(limitMs: number): DomainError {
  return new DomainError(
    "blocked",
    `Counting took longer than ${limitMs / 1_000} seconds and was stopped. A simpler rule counts faster.`,
    {
      reason: "query-timeout",
    },
  );
}
