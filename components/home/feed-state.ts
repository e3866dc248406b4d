import type { ConsumerItem } from "@/lib/feed/contract";

export type FeedState = {
  /** Keys of the environment that can lag. */
  readonly keys: number;
  /** Of these, the ones that have been used. */
  readonly used: number;
  /** Of those, the ones whose readers have all that is released. */
  readonly current: number;
  readonly lastPulledAt: string | null;
};

export function feedStateOf(environment: string, consumers: readonly Pick<ConsumerItem, "keys">[]): FeedState {
  const keys = consumers.flatMap((consumer) => consumer.keys).filter((key) => key.environment === environment);
  const lags = keys.flatMap(({ lag }) => lag ?? []);
  const pulls = keys.flatMap(({ revokedAt, lastPulledAt }) =>
    revokedAt === null && lastPulledAt ? [lastPulledAt] : [],
  );
  return {
    keys: lags.length,
    used: lags.filter(({ state }) => state !== "unused").length,
    current: lags.filter(({ state }) => state === "current").length,
    lastPulledAt: pulls.reduce<string | null>((latest, at) => (latest === null || at > latest ? at : latest), null),
  };
}
