import { Gauge } from "prom-client";
import type { Database } from "../../../server/database";
import { log } from "../../../server/log";
import type { Metrics } from "../../../server/metrics";
import { loadLags } from "./consumer-lag";

/** How far behind each key is that can lag and has pulled. While the database is away, nothing is said of it. */
export function measureLags({ registry }: Pick<Metrics, "registry">, db: Database, now: () => number): void {
  new Gauge({
    name: "steward_consumer_lag_seconds",
    help: "Since the oldest release that a key's readers lack; 0 for who has all.",
    labelNames: ["consumer", "environment", "key"],
    registers: [registry],
    async collect() {
      this.reset();
      try {
        for (const { seconds, ...labels } of await lagsNow(db, now())) this.set(labels, seconds);
      } catch (error) {
        log.warn({ err: error }, "how far consumers are behind could not be read");
      }
    },
  });
}

async function lagsNow(db: Database, now: number) {
  const consumers = await db.consumer.findMany({ include: { keys: { include: { receipts: true } } } });
  const lags = await loadLags(db, consumers, new Date(now));
  return consumers.flatMap((consumer) =>
    consumer.keys.flatMap(({ id, hint, environmentKey: environment }) => {
      const lag = lags.get(id);
      if (!lag || lag.state === "unused") return [];
      const seconds = lag.behind ? Math.max(0, (now - lag.behind.since) / 1_000) : 0;
      return { consumer: consumer.key, environment, key: hint, seconds };
    }),
  );
}
