import type { Activation, Active } from "./activation";
import { type Bundle, readBundle } from "./bundle";
import { checkHead } from "./check-head";
import type { Clock } from "./clock";
import { type LastGoodStore, writeLastGood } from "./last-good";
import { readBody } from "./read-body";
import type { Receipts } from "./receipts";
import type { Request } from "./request";
import { claimedNumber, type Head, headText, verifyHead } from "./signed-head";
import { isRefusal, mayPass, StewardError, stewardError } from "./steward-error";
import type { TrustedKeys } from "./trusted-keys";

export type PullDependencies = {
  readonly request: Request;
  readonly keys: TrustedKeys;
  readonly activation: Activation;
  readonly receipts: Receipts;
  readonly environment: string;
  /** The scope to insist on before any head is known. */
  readonly scope: string | undefined;
  readonly mostBytes: number;
  readonly store: LastGoodStore | null;
  readonly clock: Pick<Clock, "now">;
  /** What is not kept is used all the same. */
  readonly onUnwritable: (error: StewardError) => void;
};

export type Puller = {
  /** Asks for the head, and for the bundle where it is another one. Never throws: the activation knows what failed. */
  pull(): Promise<void>;
  /** The same for a head that came by the stream. */
  take(head: string): Promise<void>;
};

type Answered = { readonly text: string; readonly etag: string | undefined };

/** Times a bundle is asked for while a release changes head and bundle, or replicas differ. */
const attempts = 3;

export function createPuller(dependencies: PullDependencies): Puller {
  const { request, keys, activation, receipts, environment, mostBytes, store, clock } = dependencies;
  /** Of the head in use: one that was refused is asked for again. */
  let etag: string | undefined;
  let last = Promise.resolve();

  async function askHead(known?: string): Promise<Answered | null> {
    const answer = await request({ path: "/head", accept: "application/json", etag: known });
    if (answer.status === 304) return null;
    const text = headText(await readBody(answer, mostBytes));
    return { text, etag: answer.headers.get("etag") ?? undefined };
  }

  async function activate(answered: Answered, attempt = 1): Promise<void> {
    const head = await verifyHead(answered.text, keys.find);
    const active = activation.active();
    const scope = dependencies.scope ?? active?.head.scope ?? null;
    checkHead(head, { environment, scope, active: active?.head ?? null, mostBytes, now: clock.now() });
    if (active && isSameBundle(active.head, head)) {
      if (active.head.expiresAt !== head.expiresAt) await keep(answered.text, active.bundle);
      confirm({ head, bundle: active.bundle });
    } else {
      let bundle: Bundle;
      try {
        bundle = await askBundle(head);
      } catch (error) {
        return activateNewer(head, error, attempt);
      }
      await keep(answered.text, bundle);
      confirm({ head, bundle });
    }
    etag = answered.etag;
  }

  function confirm(active: Active): void {
    activation.confirm(active);
    const { released: revision, bundle } = active.head;
    receipts.send({ state: "activated", revision, digest: bundle.digest });
  }

  /** A release may have come between head and bundle; a replica that has not come so far is no help. */
  async function activateNewer(head: Head, error: unknown, attempt: number): Promise<void> {
    const next = attempt < attempts && mayPass(error) ? await askHead() : null;
    if (next === null || (claimedNumber(next.text, "revision") ?? 0) < head.revision) throw error;
    return activate(next, attempt + 1);
  }

  async function askBundle(head: Head): Promise<Bundle> {
    const answer = await request({ path: "/bundle", accept: "application/json" });
    return readBundle(await readBody(answer, head.bundle.bytes), head);
  }

  async function keep(head: string, bundle: Bundle): Promise<void> {
    try {
      await store?.write(await writeLastGood({ head, bundle: bundle.bytes, keys: keys.known() }));
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      dependencies.onUnwritable(
        new StewardError("cache-unwritable", `The bundle cannot be kept: ${message}`, { cause }),
      );
    }
  }

  /** One after the other: an older answer must not come after a newer one. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    last = last.then(work).catch((error: unknown) => activation.fail(stewardError(error)));
    return last;
  }

  async function activateOrSay(answered: Answered): Promise<void> {
    try {
      await activate(answered);
    } catch (thrown) {
      const error = stewardError(thrown);
      const revision = claimedNumber(answered.text, "released");
      const isFirst = mayPass(error) && activation.trouble()?.code !== error.code;
      if (isRefusal(error) && revision !== null && !isFirst) {
        receipts.send({ state: "refused", revision, reason: `${error.code}: ${error.message}` });
      }
      throw error;
    }
  }

  function confirmUnchanged(): void {
    const active = activation.active();
    if (active) confirm(active);
  }

  return {
    pull: () =>
      inTurn(async () => {
        const answered = await askHead(etag);
        if (answered) await activateOrSay(answered);
        else confirmUnchanged();
      }),
    take: (head) =>
      inTurn(async () => {
        // A stream tells one head after the other, also those that a poll was ahead of.
        const isPast = (claimedNumber(head, "revision") ?? 0) < (activation.active()?.head.revision ?? 0);
        if (!isPast) await activateOrSay({ text: head, etag: undefined });
      }),
  };
}

function isSameBundle(a: Head, b: Head): boolean {
  return a.released === b.released && a.bundle.digest === b.bundle.digest;
}
