const longestBackoffSeconds = 60;

/** Up to a fifth longer or shorter, so that readers that started together do not ask together. Milliseconds. */
export function jittered(seconds: number, random: number): number {
  return Math.round(seconds * 1_000 * (0.8 + 0.4 * random));
}

/** Doubles from one second to a minute; never earlier than the feed asked for. Milliseconds. */
export function backoff(failures: number, random: number, retryAfterSeconds = 0): number {
  const doubled = Math.min(2 ** (failures - 1), longestBackoffSeconds);
  return Math.max(jittered(doubled, random), retryAfterSeconds * 1_000);
}
