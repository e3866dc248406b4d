import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** Whoever asks without a key that is known waits before the answer, so that guessing in a loop costs others nothing. */
export type Tarpit = { hold(response?: Pick<ServerResponse, "shouldKeepAlive">): Promise<void> };

const usual = { waitMs: 500, atMost: 1_000 };
/** So that who began together does not come again together. */
const spread = () => 0.5 + Math.random();

/** Beyond so many who wait, the answer comes at once and ends the connection: the next guess has to make one. */
export function createTarpit({ waitMs, atMost } = usual): Tarpit {
  let held = 0;
  return {
    async hold(response) {
      if (held >= atMost) {
        if (response) response.shouldKeepAlive = false;
        return;
      }
      held += 1;
      await pause(waitMs * spread(), undefined, { ref: false });
      held -= 1;
    },
  };
}
