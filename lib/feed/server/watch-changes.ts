import pg from "pg";
import type { Database } from "../../server/database";
import { log } from "../../server/log";
import { keysChannel, revisionChannel } from "./channels";

export type ChangeHandlers = { keys: () => Promise<void>; revisions: () => Promise<void> };
export type Watch = { close: () => Promise<void> };

const pollIntervalMs = 2_000;
const reconnectAfterMs = 1_000;

/** Calls the handlers when PostgreSQL says that something changed, and looks every 2 seconds in case it could not say. */
export function watchChanges(db: Database, url: string, handlers: ChangeHandlers): Watch {
  let closed = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let seenKeys: string | undefined;
  const tell = (what: keyof ChangeHandlers) =>
    handlers[what]().catch((error: unknown) => log.warn({ err: error }, `the feed could not read ${what} again`));

  async function listen(): Promise<void> {
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    client = next;
    const lost = () => {
      if (closed || client !== next) return;
      client = undefined;
      next.end().catch(() => undefined);
      retry = setTimeout(() => void listen(), reconnectAfterMs);
    };
    next.on("error", lost);
    next.on("end", lost);
    next.on("notification", ({ channel }) => void tell(channel === keysChannel ? "keys" : "revisions"));
    try {
      await next.connect();
      await next.query(`LISTEN ${keysChannel}; LISTEN ${revisionChannel}`);
      await Promise.all([tell("keys"), tell("revisions")]);
    } catch {
      lost();
    }
  }

  async function poll(): Promise<void> {
    const [row] = await db.$queryRaw<{ state: string }[]>`
      SELECT concat_ws(' ', count(*), count("revokedAt"), max("createdAt"), max("revokedAt")) AS "state"
      FROM "ConsumerKey"`;
    if (seenKeys !== row?.state) await tell("keys");
    seenKeys = row?.state;
    await tell("revisions");
  }

  let polling = false;
  const timer = setInterval(() => {
    if (polling) return;
    polling = true;
    poll()
      .catch(() => undefined)
      .finally(() => {
        polling = false;
      });
  }, pollIntervalMs);
  timer.unref();
  void listen();

  return {
    async close() {
      closed = true;
      clearInterval(timer);
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
}
