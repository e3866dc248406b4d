import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { refusal } from "../../testing/governance";
import { timeLimit, withinTime } from "./within-time";

/** Answers never, and ends with the reason for which it was stopped. */
function endless(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}

describe("questions asked together", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("stop when the caller goes away", async () => {
    const caller = new AbortController();
    const asked = withinTime({ limitMs: 5_000, signal: caller.signal }, (signal) =>
      Promise.all([endless(signal), endless(signal)]),
    );
    caller.abort(new Error("gone"));
    await expect(asked).rejects.toThrow("gone");
  });

  test("stop when one of them fails: nobody reads the other answers", async () => {
    const stopped: unknown[] = [];
    const asked = withinTime({ limitMs: 5_000 }, (signal) => {
      const other = endless(signal).catch((reason: unknown) => stopped.push(reason));
      return Promise.all([Promise.reject(new Error("broken")), other]);
    });
    await expect(asked).rejects.toThrow("broken");
    expect(stopped).toHaveLength(1);
  });

  test("of somebody stop after five seconds, and that is said", async () => {
    const asked = refusal(withinTime({ limitMs: timeLimit({ for: "somebody" }) }, endless));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await asked).toBe("blocked query-timeout");
  });

  test("have been waiting already", async () => {
    const asked = refusal(withinTime({ limitMs: 5_000, waitedMs: 4_000 }, endless));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await asked).toBe("blocked query-timeout");
  });

  test("give what they answer", async () => {
    expect(await withinTime({ limitMs: timeLimit({}) }, () => Promise.resolve(42))).toBe(42);
  });
});
