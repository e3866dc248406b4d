export const dayMilliseconds = 86_400_000;
export const hourMilliseconds = 3_600_000;

/** Everything in the demo lies at a distance from the day it is seeded on, so that windows stay populated. */
export type Calendar = {
  /** Midnight UTC of the day, milliseconds. */
  readonly today: number;
  /** `days` before (negative: after) today's midnight; fractions are parts of a day. */
  daysAgo(days: number): number;
  isoDaysAgo(days: number): string;
};

export function calendarOf(now: Date): Calendar {
  const today = Math.floor(now.getTime() / dayMilliseconds) * dayMilliseconds;
  const daysAgo = (days: number) => today - Math.round(days * dayMilliseconds);
  return { today, daysAgo, isoDaysAgo: (days) => new Date(daysAgo(days)).toISOString() };
}
