import type { ConsumerItem } from "@/lib/feed/contract";
import type { Environment } from "@/lib/releases/contract";

export type FeedState = {
  /** Keys of the environment that are not revoked. */
  readonly keys: number;
  /** Of these, the ones whose last pull got the newest revision. */
  readonly current: number;
  readonly lastPulledAt: string | null;
};

export function feedStateOf(
  environment: Pick<Environment, "key" | "revision">,
  consumers: readonly Pick<ConsumerItem, "keys">[],
): FeedState {
  const keys = consumers
    .flatMap((consumer) => consumer.keys)
    .filter((key) => key.environment === environment.key && key.revokedAt === null);
  const pulls = keys.map((key) => key.lastPulledAt).filter((at) => at !== null);
  return {
    keys: keys.length,
    current: keys.filter((key) => (key.lastPulledRevision ?? -1) >= environment.revision).length,
    lastPulledAt: pulls.reduce<string | null>((latest, at) => (latest === null || at > latest ? at : latest), null),
  };
}
