/** The last millisecond that a date can have, from 1970 in both directions. */
export const lastInstant = 8_640_000_000_000_000;

/** Whether a number is an instant: whole milliseconds, as far as the calendar goes. */
export function isInstant(milliseconds: unknown): milliseconds is number {
  return Number.isInteger(milliseconds) && Math.abs(Number(milliseconds)) <= lastInstant;
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

/** Milliseconds of an ISO 8601 instant in UTC, or undefined: also for a day that no calendar has. */
export function parseInstant(text: string): number | undefined {
  if (!instantPattern.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) return undefined;
  return new Date(milliseconds).toISOString().slice(0, 19) === text.slice(0, 19) ? milliseconds : undefined;
}
