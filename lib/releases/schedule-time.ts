import type { Refusal } from "../versions/refusal";

const minuteMs = 60_000;
const soonestMs = minuteMs;
const latestMs = 365 * 24 * 60 * minuteMs;
/** After that nobody expects it any more: it is refused rather than released late. */
const lateMs = 60 * minuteMs;

export function refusalOfInstant(at: Date, now: Date): Refusal | null {
  const ahead = at.getTime() - now.getTime();
  if (ahead < soonestMs) {
    return {
      code: "invalid",
      reason: "too-soon",
      message: "A schedule is at least a minute ahead; to release now, leave it out.",
    };
  }
  if (ahead > latestMs) return { code: "invalid", reason: "too-far", message: "A schedule is at most a year ahead." };
  return null;
}

export function isTooLate(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() > lateMs;
}
