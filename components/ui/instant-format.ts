const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const narrowSpace = "\u202f";

/** ISO text, epoch milliseconds or a Date. Everything is shown in UTC, so that server and browser agree. */
export type InstantLike = string | number | Date;

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export function instantMs(instant: InstantLike): number {
  return instant instanceof Date ? instant.getTime() : new Date(instant).getTime();
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** 21 Nov 2026 */
export function formatDay(instant: InstantLike): string {
  const date = new Date(instant);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** 21 Nov */
export function formatShortDay(instant: InstantLike): string {
  const date = new Date(instant);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** 14:32 */
export function formatTime(instant: InstantLike): string {
  const date = new Date(instant);
  return `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}`;
}

/** 14:32:07 */
export function formatTimeWithSeconds(instant: InstantLike): string {
  return `${formatTime(instant)}:${twoDigits(new Date(instant).getUTCSeconds())}`;
}

/** 21 Nov 2026, 14:32 UTC */
export function formatInstant(instant: InstantLike): string {
  return `${formatDay(instant)}, ${formatTime(instant)} UTC`;
}

/** Saturday 21 Nov 2026, 14:32 UTC */
export function formatLongInstant(instant: InstantLike): string {
  return `${weekdays[new Date(instant).getUTCDay()]} ${formatInstant(instant)}`;
}

/** The time today, the weekday this week, the day before that: for lists of what happened. */
export function formatWhen(instant: InstantLike, nowMs: number): string {
  const at = instantMs(instant);
  if (Math.floor(at / dayMs) === Math.floor(nowMs / dayMs)) return formatTime(at);
  if (nowMs - at < 6 * dayMs && nowMs > at) return (weekdays[new Date(at).getUTCDay()] ?? "").slice(0, 3);
  return formatShortDay(at);
}

/** 850 → "850 ms"; 41,000 → "41 s"; 7,200,000 → "2 h"; always one unit. */
export function formatDuration(ms: number): string {
  const size = Math.abs(ms);
  if (size < secondMs) return `${Math.round(size)}${narrowSpace}ms`;
  if (size < 90 * secondMs) return `${Math.floor(size / secondMs)}${narrowSpace}s`;
  if (size < 90 * minuteMs) return `${Math.floor(size / minuteMs)}${narrowSpace}min`;
  if (size < 48 * hourMs) return `${Math.floor(size / hourMs)}${narrowSpace}h`;
  return `${Math.floor(size / dayMs)}${narrowSpace}d`;
}

/** "2 h ago", "now" within the first second, "in 3 d" for what is to come. */
export function formatAgo(instant: InstantLike, nowMs: number): string {
  const elapsed = nowMs - instantMs(instant);
  if (Math.abs(elapsed) < secondMs) return "now";
  return elapsed > 0 ? `${formatDuration(elapsed)} ago` : `in ${formatDuration(elapsed)}`;
}
