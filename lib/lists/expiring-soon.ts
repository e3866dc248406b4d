import type { ListContent } from "./definition";

const soonMs = 30 * 86_400_000;

/** How many are listed at `now` and not any more 30 days later; milliseconds. */
export function expiringSoon(content: ListContent, now: number): number {
  return content.filter(({ expiresAt }) => expiresAt !== undefined && expiresAt > now && expiresAt <= now + soonMs)
    .length;
}
