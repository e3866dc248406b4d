"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let nowMs = wholeSecond();

function wholeSecond(): number {
  return Math.floor(Date.now() / 1_000) * 1_000;
}

function tick(): void {
  nowMs = wholeSecond();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function snapshot(): number {
  if (!timer) nowMs = wholeSecond();
  return nowMs;
}

/** The present instant in milliseconds, moving on every second from one clock for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, snapshot, wholeSecond);
}
