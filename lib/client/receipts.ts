import type { Clock } from "./clock";
import { releaseName } from "./release-name";
import type { Request } from "./request";
import { stewardError } from "./steward-error";

/** `revision` is that of a bundle. */
export type Receipt =
  | { readonly state: "activated"; readonly revision: number; readonly digest: string }
  | { readonly state: "refused"; readonly revision: number; readonly reason: string };

export type Receipts = {
  /** Sends it, unless it was sent already; also what could not be sent before. */
  send(receipt: Receipt): void;
  /** Says again what is so, every few minutes: who is silent for long is taken to be gone. */
  repeat(): void;
  settled(): Promise<void>;
};

const repeatMilliseconds = 4 * 60_000;
const longestReason = 500;

/** Nothing here fails for the reader: what it serves does not hang on who hears of it. */
export function createReceipts(request: Request, instance: string, { now }: Pick<Clock, "now">): Receipts {
  let last: Receipt | undefined;
  let sentAt: number | undefined;
  let allowed = true;
  let waiting = 0;
  let sending = Promise.resolve();

  function queue(receipt: Receipt): void {
    waiting += 1;
    sending = sending
      .then(() => post(receipt))
      .finally(() => {
        waiting -= 1;
      });
  }

  async function post(receipt: Receipt): Promise<void> {
    if (!allowed || receipt !== last) return;
    const body = { ...receipt, instance, client: releaseName };
    try {
      const answer = await request({ path: "/receipts", accept: "application/json", body });
      sentAt = now();
      await answer.body?.cancel();
    } catch (error) {
      const { code, feedCode } = stewardError(error);
      if (code === "missing-right") allowed = false;
      // Refused for what it says: to say it again changes nothing.
      if (feedCode === "older-receipt" || feedCode === "bad-receipt" || feedCode === "future-revision") sentAt = now();
    }
  }

  return {
    send(receipt) {
      const line = asLine(receipt);
      if (last && JSON.stringify(line) === JSON.stringify(last)) return;
      last = line;
      sentAt = undefined;
      queue(line);
    },
    repeat() {
      const isSaid = sentAt !== undefined && now() - sentAt < repeatMilliseconds;
      if (last !== undefined && waiting === 0 && !isSaid) queue(last);
    },
    settled: () => sending,
  };
}

/** The feed takes one line of plain text. */
function asLine(receipt: Receipt): Receipt {
  if (receipt.state === "activated") return receipt;
  const plain = receipt.reason.replaceAll(/[\p{Cc}\p{Cs}]+/gu, " ");
  return { ...receipt, reason: [...plain].slice(0, longestReason / 2).join("") };
}
