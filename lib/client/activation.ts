import type { Failure, Refusal, Status } from "./api";
import type { Bundle } from "./bundle";
import type { Emitter } from "./emitter";
import type { Head } from "./signed-head";
import { isRefusal, StewardError } from "./steward-error";

export type Active = { readonly head: Head; readonly bundle: Bundle };

/** Which bundle is in use, and how the feed stands to it. */
export type Activation = {
  active(): Active | null;
  /** Throws `not-ready` where nothing is in use yet. */
  require(): Bundle;
  /** From disk: verified, and not confirmed by the feed. */
  restore(active: Active): void;
  /** The feed confirms what is in use, or with another bundle puts that in its place. */
  confirm(active: Active): void;
  /** What is in use stays. */
  fail(error: StewardError): void;
  /** Failures and refusals since the feed last confirmed. */
  failures(): number;
  /** The last of them; null where the feed has confirmed since. */
  trouble(): StewardError | null;
  ready(signal: AbortSignal | undefined): Promise<void>;
  status(): Status;
  close(): void;
};

type Waiting = { readonly resolve: () => void; readonly reject: (error: unknown) => void };

export function createActivation(now: () => number, { emit }: Pick<Emitter, "emit">): Activation {
  let active: Active | null = null;
  let confirmedAt: number | null = null;
  let failures = 0;
  let trouble: StewardError | null = null;
  let lastRefusal: Refusal | undefined;
  let lastError: Failure | undefined;
  let closed = false;
  const waiting = new Set<Waiting>();

  function put(next: Active): void {
    const before = active;
    active = next;
    if (before?.bundle === next.bundle) return;
    const { released } = next.head;
    emit("change", { released, previous: before?.head.released ?? null, segments: changedSegments(before, next) });
    for (const { resolve } of waiting) resolve();
    waiting.clear();
  }

  function stateOf(): Status["state"] {
    if (closed) return "closed";
    if (active === null) return "starting";
    if (active.head.expiresAt <= now()) return "expired";
    if (trouble !== null) return isRefusal(trouble) ? "refusing" : "unreachable";
    return confirmedAt === null ? "unreachable" : "current";
  }

  return {
    active: () => active,
    require() {
      if (active) return active.bundle;
      const why = trouble ? ` The last answer: ${trouble.message}` : "";
      throw new StewardError("not-ready", `No bundle has been verified yet: wait for ready().${why}`);
    },
    restore: put,
    confirm(next) {
      put(next);
      confirmedAt = now();
      if (trouble) emit("recovered", { released: next.head.released });
      failures = 0;
      trouble = null;
    },
    fail(error) {
      if (closed) return;
      const isNew = error.code !== trouble?.code || error.message !== trouble.message;
      failures += 1;
      trouble = error;
      const { code, message } = error;
      if (isRefusal(error)) lastRefusal = { code: error.code, message, at: new Date(now()) };
      else lastError = { code, message, at: new Date(now()) };
      if (!isNew) return;
      if (isRefusal(error) && lastRefusal) emit("refused", lastRefusal);
      else emit("error", error);
    },
    failures: () => failures,
    trouble: () => trouble,
    ready(signal) {
      if (active) return Promise.resolve();
      if (closed) return Promise.reject(new StewardError("closed", "The client is closed."));
      return new Promise((resolve, reject) => {
        waiting.add({ resolve, reject });
        signal?.addEventListener("abort", () => reject(notReady(trouble, signal.reason)), { once: true });
        if (signal?.aborted) reject(notReady(trouble, signal.reason));
      });
    },
    status() {
      const head = active?.head;
      return {
        ...{ state: stateOf(), revision: head?.revision ?? null, released: head?.released ?? null },
        expiresAt: head ? new Date(head.expiresAt) : null,
        ageSeconds: confirmedAt === null ? null : Math.max(0, (now() - confirmedAt) / 1_000),
        scope: head?.scope ?? null,
        ...(lastRefusal && { lastRefusal }),
        ...(lastError && { lastError }),
      };
    },
    close() {
      closed = true;
      for (const { reject } of waiting)
        reject(new StewardError("closed", "The client was closed before it was ready."));
      waiting.clear();
    },
  };
}

function changedSegments(before: Active | null, after: Active): string[] {
  const texts = new Map(before?.bundle.segments.map(({ key, text }) => [key, text]));
  const keys = after.bundle.segments.filter(({ key, text }) => texts.get(key) !== text).map(({ key }) => key);
  const left = new Set(texts.keys());
  for (const { key } of after.bundle.segments) left.delete(key);
  return [...keys, ...left].sort();
}

/** What kept it from being ready is more telling than that somebody waited no longer. */
function notReady(trouble: StewardError | null, reason: unknown): StewardError {
  if (trouble === null) return new StewardError("not-ready", "The feed has not answered in time.", { cause: reason });
  return new StewardError("not-ready", `Not ready in time. The last answer: ${trouble.message}`, { cause: trouble });
}
