import { randomUUID } from "node:crypto";
import { ClickHouseError, ClickHouseLogLevel, type ClickHouseSettings, createClient } from "@clickhouse/client";
import type { SqlParameter, SqlStatement } from "../../rules/sql-statement";
import type { SqlRow } from "../sql/question";
import type { Stopping } from "./run-statement";
import { tooLong } from "./within-time";

type RunLimits = Stopping & { readonly limitMs?: number };

/** What the engine says to a ClickHouse server. All of it goes over HTTP; values travel beside the text. */
export type ClickHouse = {
  /** Every row of a SELECT. Integers of 64 bits come as texts. */
  rows(statement: SqlStatement, limits?: RunLimits): Promise<SqlRow[]>;
  /** The same as they come. */
  pages(statement: SqlStatement, limits?: RunLimits): AsyncGenerator<readonly SqlRow[]>;
  /** A statement that changes something and gives no rows. */
  run(statement: SqlStatement, limits?: RunLimits): Promise<void>;
  /** Columns and table as they stand in SQL. */
  insert(table: string, columns: readonly string[], rows: readonly (readonly unknown[])[]): Promise<void>;
  close(): Promise<void>;
};

const settings: ClickHouseSettings = {
  // Without it some doubles are read as a neighbour of theirs.
  precise_float_parsing: 1,
  output_format_json_quote_64bit_integers: 1,
  // A rule of 200 conditions with its funnel is long.
  max_query_size: "16777216",
  // Whoever has written reads it.
  async_insert: 0,
  distributed_foreground_insert: 1,
  // Each row goes to the shard that its id says, wherever it was read.
  parallel_distributed_insert_select: "0",
};

/** Answers of a bounded size are held back until they are whole, so that what fails says so in the status. */
const whole: ClickHouseSettings = { wait_end_of_query: 1 };

/** Numbers of ClickHouse's errors. */
const codes = { timeout: "159", unknownDatabase: "81" };
const longestRequestMs = 3_600_000;
const mostConnections = 16;

export function connectClickHouse(url: string): ClickHouse {
  const client = createClient({
    url,
    application: "steward",
    clickhouse_settings: settings,
    max_open_connections: mostConnections,
    request_timeout: longestRequestMs,
    use_multipart_params_auto: true,
    compression: { response: true },
    log: { level: ClickHouseLogLevel.OFF },
  });

  function request({ sql, parameters }: SqlStatement, { signal, limitMs }: RunLimits) {
    const query_id = randomUUID();
    const stop = () =>
      void client
        .command({ query: "KILL QUERY WHERE query_id = {id:String} ASYNC", query_params: { id: query_id } })
        .catch(() => undefined);
    signal?.addEventListener("abort", stop, { once: true });
    return {
      stop,
      query: sql,
      query_params: queryParams(parameters),
      query_id,
      ...(signal ? { abort_signal: signal } : {}),
      limits: limitMs === undefined ? {} : { max_execution_time: limitMs / 1_000 },
      done: () => signal?.removeEventListener("abort", stop),
      errorOf(error: unknown): unknown {
        if (signal?.aborted) return signal.reason;
        const isLate = error instanceof ClickHouseError && error.code === codes.timeout;
        return isLate && limitMs !== undefined ? tooLong(limitMs) : error;
      },
    };
  }

  async function* pages(statement: SqlStatement, limits: RunLimits, waiting: ClickHouseSettings) {
    limits.signal?.throwIfAborted();
    const { done, stop, errorOf, limits: limit, ...asked } = request(statement, limits);
    let isUnread = false;
    try {
      const clickhouse_settings = { ...limit, ...waiting };
      const answer = await client.query({ ...asked, clickhouse_settings, format: "JSONCompactEachRow" });
      const close = () => answer.close();
      limits.signal?.addEventListener("abort", close, { once: true });
      try {
        isUnread = true;
        for await (const page of answer.stream<SqlRow>()) {
          yield page.map((row) => row.json());
          limits.signal?.throwIfAborted();
        }
        isUnread = false;
      } finally {
        limits.signal?.removeEventListener("abort", close);
        close();
      }
    } catch (error) {
      isUnread = false;
      throw errorOf(error);
    } finally {
      done();
      if (isUnread) stop();
    }
  }

  return {
    async rows(statement, limits = {}) {
      const all: SqlRow[] = [];
      for await (const page of pages(statement, limits, whole)) all.push(...page);
      return all;
    },
    pages: (statement, limits = {}) => pages(statement, limits, {}),
    async run(statement, limits = {}) {
      limits.signal?.throwIfAborted();
      const { done, stop: _, errorOf, limits: limit, ...asked } = request(statement, limits);
      try {
        const asking = { ...asked, clickhouse_settings: { ...limit, ...whole } };
        // Only a query may have more parameters than fit into an address; its format says nothing here.
        if (statement.parameters.length === 0) await client.command(asking);
        else await (await client.query({ ...asking, format: "JSONCompactEachRow" })).text();
      } catch (error) {
        throw errorOf(error);
      } finally {
        done();
      }
    },
    async insert(table, columns, rows) {
      const [first, ...rest] = columns;
      if (first === undefined || rows.length === 0) return;
      await client.insert({ table, columns: [first, ...rest], values: rows, format: "JSONCompactEachRow" });
    },
    close: () => client.close(),
  };
}

function queryParams(parameters: readonly SqlParameter[]): Record<string, unknown> {
  return Object.fromEntries(parameters.map(({ value }, index) => [`p${index + 1}`, value]));
}

export function isUnknownDatabase(error: unknown): boolean {
  return error instanceof ClickHouseError && error.code === codes.unknownDatabase;
}
