import type { ConsumerItem, KeyLag } from "@/lib/feed/contract";

export type ConsumerInTrouble = {
  readonly consumer: Pick<ConsumerItem, "key" | "name">;
  readonly environment: string;
  readonly lag: KeyLag;
};

/** What does not take a release, or not in its time: one for each consumer and environment, refusals first. */
export function consumersInTrouble(consumers: readonly ConsumerItem[]): ConsumerInTrouble[] {
  const all = consumers.flatMap((consumer) =>
    consumer.keys.flatMap(({ environment, lag }) =>
      lag && (lag.state === "behind" || lag.state === "refused") ? [{ consumer, environment, lag }] : [],
    ),
  );
  const ordered = all.toSorted(
    (a, b) => rank(a.lag) - rank(b.lag) || (b.lag.behind?.seconds ?? 0) - (a.lag.behind?.seconds ?? 0),
  );
  return [...Map.groupBy(ordered, ({ consumer, environment }) => `${consumer.key} ${environment}`).values()].flatMap(
    ([worst]) => worst ?? [],
  );
}

function rank({ state }: KeyLag): number {
  return state === "refused" ? 0 : 1;
}
