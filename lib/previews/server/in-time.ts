import { DomainError } from "../../errors";

/** From the moment of the question, waiting for a turn included. */
const limitMs = 5_000;

/**
 * Asks several questions at once and stops all of them when the caller goes away, when one of them fails, or after 5 s,
 * which is `blocked` with reason "query-timeout".
 */
export async function inTime<T>(signal: AbortSignal | undefined, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(tooLong()), limitMs);
  try {
    return await ask(signal ? AbortSignal.any([signal, stop.signal]) : stop.signal);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

function tooLong(): DomainError {
  const message = `Counting took longer than ${limitMs / 1_000} seconds and was stopped. A simpler rule counts faster.`;
  return new DomainError("blocked", message, { reason: "query-timeout" });
}
