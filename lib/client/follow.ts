import type { Activation } from "./activation";
import { backoff, jittered } from "./delays";
import type { Emitter } from "./emitter";
import type { Puller } from "./pull";
import type { Receipts } from "./receipts";
import { isLost, stewardError } from "./steward-error";
import { readStream, type StreamDependencies } from "./stream";

export type FollowDependencies = Omit<StreamDependencies, "onOpen" | "onHead"> & {
  readonly mode: "stream" | "poll";
  readonly closing: AbortSignal;
  readonly pollSeconds: number;
  readonly activation: Activation;
  readonly puller: Puller;
  readonly receipts: Receipts;
  readonly emit: Emitter["emit"];
};

/** A stream tells of releases, but not that a head was signed anew. */
const confirmSeconds = 240;

/** Keeps activation and membership at what the feed has, until the client closes. */
export async function follow(dependencies: FollowDependencies): Promise<void> {
  const { mode, closing, clock, pollSeconds, activation, puller, membership, receipts, emit } = dependencies;
  let streaming = false;
  /** Aborted to poll at once. */
  let next = new AbortController();
  closing.addEventListener("abort", () => next.abort(), { once: true });

  async function polls(): Promise<void> {
    while (!closing.aborted) {
      next = new AbortController();
      await puller.pull();
      if (!streaming) await membership.poll().catch((error: unknown) => tell(error));
      receipts.repeat();
      if (!closing.aborted) await clock.wait(pollDelay(), next.signal);
    }
  }

  function pollDelay(): number {
    const failures = activation.failures();
    if (failures > 0) return backoff(failures, clock.random(), activation.trouble()?.retryAfterSeconds);
    return jittered(streaming ? Math.max(confirmSeconds, pollSeconds) : pollSeconds, clock.random());
  }

  async function streams(): Promise<void> {
    for (let failures = 0; !closing.aborted; ) {
      let retryAfterSeconds: number | undefined;
      try {
        await readStream({
          ...dependencies,
          onOpen() {
            streaming = true;
            failures = 0;
          },
          onHead(head) {
            void puller.take(head).then(() => activation.failures() === 1 && next.abort());
          },
        });
      } catch (error) {
        retryAfterSeconds = tell(error);
        if (isLost(stewardError(error))) membership.restart(null);
      }
      streaming = false;
      next.abort();
      failures += 1;
      await clock.wait(backoff(failures, clock.random(), retryAfterSeconds), closing);
    }
  }

  /** Gives for how many seconds the feed wants to be left alone. */
  function tell(thrown: unknown): number | undefined {
    if (closing.aborted) return undefined;
    const error = stewardError(thrown);
    emit("error", error);
    return error.retryAfterSeconds;
  }

  await Promise.all(mode === "stream" ? [polls(), streams()] : [polls()]);
}
