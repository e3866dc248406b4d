import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What a process counts, for Prometheus. Parts add what is theirs to the registry. */
export type Metrics = {
  readonly registry: Registry;
  /** An answer that was sent whole, or broken off; the call is one of a few words, never an address. */
  answered(answer: Answered): void;
};

export type Answered = {
  readonly plane: string;
  readonly call: string;
  /** 0 where the client went before the answer's end. */
  readonly status: number;
  readonly seconds: number;
};

const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const labelNames = ["plane", "call", "status"] as const;
  const registers = [registry];
  const requests = new Counter({ name: "steward_requests_total", help: "Answers.", labelNames, registers });
  const seconds = new Histogram({
    name: "steward_request_seconds",
    help: "From a request's headers to the end of its answer.",
    ...{ labelNames, buckets, registers },
  });
  return {
    registry,
    answered({ plane, call, status, seconds: taken }) {
      const labels = { plane, call, status: status === 0 ? "broken off" : `${Math.floor(status / 100)}xx` };
      requests.inc(labels);
      seconds.observe(labels, taken);
    },
  };
}

/** Memory, processor, event loop and the build: of a process, so once in each. */
export function countProcess({ registry }: Pick<Metrics, "registry">, build: string): void {
  collectDefaultMetrics({ register: registry });
  const info = new Gauge({
    name: "steward_build_info",
    help: "The build that runs.",
    labelNames: ["version"],
    registers: [registry],
  });
  info.set({ version: build }, 1);
}
