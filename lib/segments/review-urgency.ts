const soonMs = 14 * 86_400_000;

/** Whether a review is overdue, due within 14 days, or later. */
export function reviewUrgency(dueAt: string, nowMs: number): "overdue" | "soon" | "later" {
  const left = Date.parse(dueAt) - nowMs;
  return left <= 0 ? "overdue" : left <= soonMs ? "soon" : "later";
}

/** The change from the first count to the last, as a share; null where there is nothing to compare. */
export function trendChange(trend: readonly number[]): number | null {
  const first = trend[0];
  const last = trend.at(-1);
  if (first === undefined || last === undefined || trend.length < 2 || first === 0) return null;
  return last / first - 1;
}
