import type { ServerResponse } from "node:http";
import { heartbeatFrame, resyncFrame } from "../../stream-frames";

/** Bytes that wait for a reader; one who is that far behind is cut off. */
export const unsentAtMost = 1_048_576;

/** One open stream. Whoever takes too little, or nothing for two heartbeats, is told so and ended. */
export type StreamClient = {
  write(frame: Buffer): void;
  /** Once the reader has taken what was written, or is gone. */
  drained(): Promise<void>;
  beat(): void;
  /** Nothing is written behind the last frame. */
  end(last?: Buffer): void;
  /** For one who does not take the end either. */
  destroy(): void;
  isClosed(): boolean;
};

export function createStreamClient(response: ServerResponse, onEnd: () => void): StreamClient {
  let isClosed = false;
  let takenAtBeat = -1;
  let draining: Promise<void> | undefined;
  response.once("close", () => {
    isClosed = true;
  });

  function end(last?: Buffer): void {
    if (isClosed) return;
    isClosed = true;
    response.end(last);
    onEnd();
  }

  function cutOff(): void {
    end(resyncFrame({ code: "slow-reader" }));
  }

  return {
    write(frame) {
      if (isClosed) return;
      if (response.writableLength > unsentAtMost) cutOff();
      else response.write(frame);
    },
    async drained() {
      if (isClosed || !response.writableNeedDrain) return;
      draining ??= new Promise<void>((resolve) => {
        const done = () => {
          response.off("drain", done).off("close", done);
          draining = undefined;
          resolve();
        };
        response.on("drain", done).on("close", done);
      });
      await draining;
    },
    beat() {
      const taken = (response.socket?.bytesWritten ?? 0) - response.writableLength;
      if (response.writableNeedDrain && taken === takenAtBeat) return cutOff();
      takenAtBeat = taken;
      if (!isClosed) response.write(heartbeatFrame);
    },
    end,
    destroy: () => void response.destroy(),
    isClosed: () => isClosed,
  };
}
