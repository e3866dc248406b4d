import { clickHouseCounting } from "../clickhouse/dialect";
import type { Layout } from "../clickhouse/layout";
import type { QueryOptions } from "../engine";
import type { AskedAt } from "../sql/counting-answers";
import type { Asking } from "../sql/question";
import type { ClickHouse } from "./clickhouse-client";
import type { KnownLayout } from "./clickhouse-layout";
import { type FairTurns, inTurn } from "./fair-turns";
import { timeLimit, withinTime } from "./within-time";

type Work<T> = (now: Layout, rows: Asking["rows"]) => Promise<T>;

/** Counting in turns, each answer in the time that somebody waits for it. */
export function clickHouseCounts(server: ClickHouse, turns: FairTurns, layout: KnownLayout) {
  /** Waiting counts for somebody's question; what nobody waits for may wait for its turn. */
  function count<T>(work: Work<T>, options: QueryOptions = {}): Promise<T> {
    const askedAt = performance.now();
    return inTurn(turns, options, () => {
      const waitedMs = options.for === undefined ? 0 : performance.now() - askedAt;
      const limitMs = timeLimit(options);
      return withinTime({ limitMs, waitedMs, signal: options.signal }, (signal) =>
        layout.use((now) => work(now, (statement) => server.rows(statement, { signal, limitMs }))),
      );
    });
  }

  const asked: AskedAt = (asOf, options, work) =>
    count((now, rows) => work({ dialect: () => clickHouseCounting(now, asOf), rows }), options);

  return { count, asked };
}
