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
import type { SqlParameter, SqlStatement } from "../../rules/sql-statement";

export type Stopping = { readonly signal?: AbortSignal | undefined };

export async function readRows(
  connection: DuckDBConnection,
  { sql, parameters }: SqlStatement,
  stopping: Stopping = {},
): Promise<DuckDBValue[][]> {
  const reader = await interruptible(connection, stopping, () => runBound(connection, sql, parameters));
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

/** Runs `work` on the connection and interrupts it when the signal aborts. */
export async function interruptible<T>(
  connection: DuckDBConnection,
  { signal }: Stopping,
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
  try {
    const result = await work();
    signal?.throwIfAborted();
    return result;
  } catch (error) {
    throw stop ? stop.reason : error;
  } finally {
    clearInterval(repeat);
    signal?.removeEventListener("abort", onAbort);
  }
}
