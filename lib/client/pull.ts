import type { Activation, Active } from "./activation";
import { type Bundle, readBundle } from "./bundle";
import { checkHead } from "./check-head";
import type { Clock } from "./clock";
import { type LastGoodStore, writeLastGood } from "./last-good";
import { readBody } from "./read-body";
import type { Receipts } from "./receipts";
import type { Request } from "./request";
import { claimedNumber, type Head, headText, verifyHead } from "./signed-head";
import { isRefusal, StewardError, stewardError } from "./steward-error";
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

  async function use(answered: Answered, attempt = 1): Promise<void> {
    const head = await verifyHead(answered.text, keys.find);
    const active = activation.active();
    const scope = dependencies.scope ?? active?.head.scope ?? null;
    checkHead(head, { environment, scope, active: active?.head ?? null, mostBytes, now: clock.now() });
    if (active && isSameBundle(active.head, head)) {
      if (active.head.expiresAt !== head.expiresAt) await keep(answered.text, active.bundle);
      confirm({ head, bundle: active.bundle });
    } else {
      const bundle = await askBundle(head).catch((error: unknown) => {
        if (attempt < attempts && mayHaveMoved(error)) return null;
        throw error;
      });
      if (bundle === null) return use((await askHead()) ?? answered, attempt + 1);
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
  function inTurn(work: () => Promise<Answered | null>): Promise<void> {
    last = last.then(async () => {
      let answered: Answered | null = null;
      try {
        answered = await work();
        if (answered) await use(answered);
        else confirmUnchanged();
      } catch (thrown) {
        const error = stewardError(thrown);
        activation.fail(error);
        const revision = answered && isRefusal(error) ? claimedNumber(answered.text, "released") : null;
        if (revision !== null) receipts.send({ state: "refused", revision, reason: `${error.code}: ${error.message}` });
      }
    });
    return last;
  }

  function confirmUnchanged(): void {
    const active = activation.active();
    if (active) confirm(active);
  }

  return {
    pull: () => inTurn(() => askHead(etag)),
    take: (head) => inTurn(async () => ({ text: head, etag: undefined })),
  };
}

function isSameBundle(a: Head, b: Head): boolean {
  return a.released === b.released && a.bundle.digest === b.bundle.digest;
}

function mayHaveMoved(error: unknown): boolean {
  return error instanceof StewardError && ["digest-mismatch", "truncated", "oversized"].includes(error.code);
}
