import { Gauge } from "prom-client";
import type { Metrics } from "../../server/metrics";
import type { Streams } from "./stream/streams";
import type { ReleasedViews } from "./views/released-views";

/** The revision of each environment's head, and since when nothing newer could be heard of. */
export function measureViews({ registry }: Pick<Metrics, "registry">, views: ReleasedViews, now: () => number): void {
  const registers = [registry];
  new Gauge({
    name: "steward_feed_head_revision",
    help: "The newest revision that is served.",
    labelNames: ["environment"],
    registers,
    collect() {
      for (const [environment, revision] of views.heads()) this.set({ environment }, revision);
    },
  });
  new Gauge({
    name: "steward_feed_age_seconds",
    help: "Since what is served was last known to be the newest.",
    registers,
    collect() {
      this.set((now() - views.readAt()) / 1_000);
    },
  });
}

export function measureStreams({ registry }: Pick<Metrics, "registry">, streams: Pick<Streams, "count">): void {
  new Gauge({
    name: "steward_feed_streams",
    help: "Open streams.",
    registers: [registry],
    collect() {
      this.set(streams.count());
    },
  });
}
