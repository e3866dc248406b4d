/** Adds up lines that end on the same day; a shorter one began later and counts nothing before. */
export function summedTrend(trends: readonly (readonly number[])[]): readonly number[] {
  const length = Math.max(0, ...trends.map((trend) => trend.length));
  return Array.from({ length }, (_, index) =>
    trends.reduce((sum, trend) => sum + (trend[trend.length - length + index] ?? 0), 0),
  );
}
