import type { Engine } from "../../engine/engine";
import { recordMemberCounts } from "../../engine/server/member-counts";
import type { Database } from "../../server/database";
import { log } from "../../server/log";
import { refreshComputedAttributes } from "./refresh-attributes";

const everyMs = 3_600_000;

type Keeping = {
  readonly db: Database;
  readonly engine: Pick<Engine, "refresh" | "count">;
  /** Called each time, also when it could not be refreshed. */
  readonly onRefreshed: () => void;
};

/**
 * Refreshes at once and then every hour, and counts the members of what is live anew: windows slide without an event,
 * and so do the rules' own. Never two at a time; closing stops the one that runs.
 */
export function keepRefreshed({ db, engine, onRefreshed }: Keeping): { close(): Promise<void> } {
  const closing = new AbortController();
  const options = { signal: closing.signal };
  let running: Promise<void> | undefined;
  const refresh = () => {
    const now = new Date();
    running ??= refreshComputedAttributes(db, engine, now, options)
      .finally(onRefreshed)
      .then(async () => {
        await recordMemberCounts({ db, engine, now }, options);
      })
      .catch((error: unknown) => {
        if (!closing.signal.aborted)
          log.error({ err: error }, "computed attributes and members could not be brought up to date");
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
