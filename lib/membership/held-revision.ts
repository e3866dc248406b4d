/** What an instance of a consumer said last of what it was served; instants in milliseconds. */
export type HeardInstance = {
  readonly instance: string;
  readonly receivedAt: number;
  /** What it serves; null as long as it has activated nothing. */
  readonly activated: number | null;
  readonly activatedAt: number | null;
};

export type HeldRevision = { readonly revision: number; readonly at: number };

const silentAfterMs = 10 * 60_000;

/**
 * The instances that are still there: whoever was last heard of ten minutes before the newest word of any, or longer
 * ago than the consumer's target if that is longer, is taken to be gone.
 */
export function presentInstances<T extends HeardInstance>(heard: readonly T[], targetMs = 0): T[] {
  const newest = Math.max(...heard.map(({ receivedAt }) => receivedAt));
  const within = Math.max(silentAfterMs, targetMs);
  return heard.filter(({ receivedAt }) => newest - receivedAt <= within);
}

/** What the slowest of them serves, since when the last of those took it; null where none has activated anything. */
export function slowestHeld(present: readonly HeardInstance[]): HeldRevision | null {
  const held = present.flatMap(({ activated, activatedAt, receivedAt }) =>
    activated === null ? [] : [{ revision: activated, at: activatedAt ?? receivedAt }],
  );
  const least = Math.min(...held.map(({ revision }) => revision));
  const slowest = held.filter(({ revision }) => revision === least);
  if (slowest.length === 0) return null;
  return { revision: least, at: Math.max(...slowest.map(({ at }) => at)) };
}
