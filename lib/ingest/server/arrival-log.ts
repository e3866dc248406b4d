import { recordArrivals, recordValues } from "../../customers/server/record-arrivals";
import type { Database } from "../../server/database";
import { log } from "../../server/log";

export type Counted = {
  readonly source: string;
  readonly target: string;
  readonly accepted: number;
  readonly repeated: number;
  readonly late: number;
  /** The codes of what was rejected, each as often as it was. */
  readonly rejected: readonly string[];
  /** Attributes that values came of. */
  readonly attributes: readonly string[];
};

export type ArrivalLog = { note(counted: Counted): void; close(): Promise<void> };

const flushIntervalMs = 2_000;

type Sum = { accepted: number; repeated: number; late: number; readonly rejected: Map<string, number> };

/** What came in, written down in batches: a request costs the database nothing. */
export function createArrivalLog(db: Database, now: () => number): ArrivalLog {
  let sums = new Map<string, Sum>();
  let attributes = new Set<string>();

  async function flush(): Promise<void> {
    const [written, keys, at] = [sums, attributes, new Date(now())];
    sums = new Map();
    attributes = new Set();
    for (const [name, sum] of written) {
      const [source = "", target = ""] = name.split(" ");
      await recordArrivals(db, { source, target, ...sum }, at);
    }
    await recordValues(db, keys, at);
  }

  let flushing = Promise.resolve();
  const timer = setInterval(() => {
    flushing = flush().catch((error: unknown) => log.warn({ err: error }, "what came in could not be counted"));
  }, flushIntervalMs);
  timer.unref();

  return {
    note({ source, target, accepted, repeated, late, rejected, attributes: keys }) {
      const name = `${source} ${target}`;
      const sum = sums.get(name) ?? { accepted: 0, repeated: 0, late: 0, rejected: new Map<string, number>() };
      sums.set(name, sum);
      sum.accepted += accepted;
      sum.repeated += repeated;
      sum.late += late;
      for (const code of rejected) sum.rejected.set(code, (sum.rejected.get(code) ?? 0) + 1);
      for (const key of keys) attributes.add(key);
    },
    async close() {
      clearInterval(timer);
      await flushing;
      await flush().catch((error: unknown) => log.warn({ err: error }, "what came in could not be counted"));
    },
  };
}
