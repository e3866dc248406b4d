import type { Clock } from "../client/clock";

type Waiter = { readonly milliseconds: number; readonly done: () => void };

export type ManualClock = Clock & {
  /** Once somebody waits. */
  idle(): Promise<void>;
  /** Lets the shortest wait be over, and gives how long it was once somebody waits again. */
  pass(): Promise<number>;
  set(now: number): void;
};

/** Time passes only where a test lets it. */
export function createManualClock(start: number): ManualClock {
  const waiting = new Set<Waiter>();
  let now = start;
  let onWait: (() => void)[] = [];

  function idle(): Promise<void> {
    return waiting.size > 0 ? Promise.resolve() : new Promise((resolve) => onWait.push(resolve));
  }

  return {
    now: () => now,
    random: () => 0.5,
    idle,
    set(to) {
      now = to;
    },
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const waiter = { milliseconds, done };
        function done(): void {
          waiting.delete(waiter);
          resolve();
        }
        signal.addEventListener("abort", done, { once: true });
        waiting.add(waiter);
        const told = onWait;
        onWait = [];
        for (const tell of told) tell();
      }),
    async pass() {
      await idle();
      const [shortest] = [...waiting].sort((a, b) => a.milliseconds - b.milliseconds);
      if (!shortest) throw new Error("Nobody waits.");
      now += shortest.milliseconds;
      shortest.done();
      await idle();
      return shortest.milliseconds;
    },
  };
}
