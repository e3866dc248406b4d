import type { Keyring } from "../door/keyring";
import { tooManyRequests } from "../door/problems";
import type { ReleasedViews } from "./released-views";

export type HeadWaiters = {
  /** Until there is reason to answer, or the time is over, or whoever waits has gone. Refuses one too many. */
  wait(asked: AskedWait): Promise<void>;
  /** Lets all of them go. */
  close(): void;
};

export type AskedWait = {
  readonly keyId: string;
  /** Looked at whenever heads or keys have changed. */
  readonly isOver: () => boolean;
  readonly forMs: number;
  readonly gone: AbortSignal;
};

export type WaiterLimits = { readonly waiters: number; readonly waitersOfKey: number };

type Waiter = Pick<AskedWait, "keyId" | "isOver"> & { readonly release: () => void };

const retryAfterMs = 5_000;

/** Those who ask for a head that is not there yet. */
export function createHeadWaiters(
  { views, keyring }: { readonly views: Pick<ReleasedViews, "onChange">; readonly keyring: Pick<Keyring, "onChange"> },
  limits: WaiterLimits,
): HeadWaiters {
  const waiting = new Set<Waiter>();
  const ofKey = new Map<string, number>();
  let isClosed = false;

  function look(): void {
    for (const waiter of waiting) if (waiter.isOver()) waiter.release();
  }

  function count(keyId: string, change: 1 | -1): void {
    const now = (ofKey.get(keyId) ?? 0) + change;
    if (now > 0) ofKey.set(keyId, now);
    else ofKey.delete(keyId);
  }

  const unsubscribe = [views.onChange(look), keyring.onChange(look)];
  return {
    async wait({ keyId, isOver, forMs, gone }) {
      if (isClosed || forMs <= 0 || gone.aborted || isOver()) return;
      if (waiting.size >= limits.waiters || (ofKey.get(keyId) ?? 0) >= limits.waitersOfKey) {
        throw tooManyRequests(retryAfterMs);
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      const waiter = { keyId, isOver, release: resolve };
      const timer = setTimeout(resolve, forMs);
      gone.addEventListener("abort", () => resolve(), { once: true });
      waiting.add(waiter);
      count(keyId, 1);
      await promise;
      clearTimeout(timer);
      waiting.delete(waiter);
      count(keyId, -1);
    },
    close() {
      isClosed = true;
      for (const stop of unsubscribe) stop();
      for (const { release } of waiting) release();
    },
  };
}
