import { DomainError } from "../../errors";
import type { QueryOptions } from "../engine";

/** How long somebody waits for an answer, in milliseconds, and how long a question may take that nobody waits for. */
const patience = { asked: 5_000, unasked: 60_000 };

/** Milliseconds; 5 s where `for` names somebody who waits. */
export function timeLimit({ for: asker }: QueryOptions): number {
  return asker === undefined ? patience.unasked : patience.asked;
}

/**
 * Gives `work` a signal that aborts with the given one, with `query-timeout` when the time is up, and when the work is
 * done or has failed. `waitedMs` of the limit have passed already.
 */
export async function withinTime<T>(
  { limitMs, waitedMs = 0, signal }: { limitMs: number; waitedMs?: number; signal?: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(tooLong(limitMs)), limitMs - waitedMs);
  try {
    return await work(signal ? AbortSignal.any([signal, stop.signal]) : stop.signal);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

export function tooLong(limitMs: number): DomainError {
  const message = `Counting took longer than ${limitMs / 1_000} seconds and was stopped. A simpler rule counts faster.`;
  return new DomainError("blocked", message, { reason: "query-timeout" });
}
