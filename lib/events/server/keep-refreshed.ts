import type { Engine } from "../../engine/engine";
import type { Database } from "../../server/database";
import { log } from "../../server/log";
import { refreshComputedAttributes } from "./refresh-attributes";

const everyMs = 3_600_000;

/** Refreshes at once and then every hour, never two at a time; closing stops the one that runs. */
export function keepRefreshed({ db, engine }: { readonly db: Database; readonly engine: Pick<Engine, "refresh"> }): {
  close(): Promise<void>;
} {
  const closing = new AbortController();
  let running: Promise<void> | undefined;
  const refresh = () => {
    running ??= refreshComputedAttributes(db, engine, new Date(), { signal: closing.signal })
      .then(() => undefined)
      .catch((error: unknown) => {
        if (!closing.signal.aborted) log.error({ err: error }, "computed attributes could not be refreshed");
      })
      .finally(() => {
        running = undefined;
      });
  };
  refresh();
  const timer = setInterval(refresh, everyMs);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      closing.abort();
      await running;
    },
  };
}
