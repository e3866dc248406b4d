import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { refusal } from "../../testing/governance";
import { inTime } from "./in-time";

/** Answers never, and ends with the reason for which it was stopped. */
function endless(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}

describe("questions asked together", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("stop when the caller goes away", async () => {
    const caller = new AbortController();
    const asked = inTime(caller.signal, (signal) => Promise.all([endless(signal), endless(signal)]));
    caller.abort(new Error("gone"));
    await expect(asked).rejects.toThrow("gone");
  });

  test("stop when one of them fails: nobody reads the other answers", async () => {
    const stopped: unknown[] = [];
    const asked = inTime(undefined, (signal) => {
      const other = endless(signal).catch((reason: unknown) => stopped.push(reason));
      return Promise.all([Promise.reject(new Error("broken")), other]);
    });
    await expect(asked).rejects.toThrow("broken");
    expect(stopped).toHaveLength(1);
  });

  test("stop after five seconds, and that is said", async () => {
    const asked = refusal(inTime(undefined, endless));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await asked).toBe("blocked query-timeout");
  });

  test("give what they answer", async () => {
    expect(await inTime(new AbortController().signal, () => Promise.resolve(42))).toBe(42);
  });
});
