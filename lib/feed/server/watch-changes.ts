import { keysChannel } from "../../guards/server/keys-channel";
import { revisionChannel } from "../../membership/server/revision-line";
import type { Database } from "../../server/database";
import { listenToChannels } from "../../server/listen-to-channels";
import { log } from "../../server/log";

export type ChangeHandlers = { keys: () => Promise<void>; revisions: () => Promise<void> };
export type Watch = { close: () => Promise<void> };

const pollIntervalMs = 2_000;

/** Calls the handlers when PostgreSQL says that something changed, and looks every 2 seconds in case it could not say. */
export function watchChanges(db: Database, url: string, handlers: ChangeHandlers): Watch {
  let seenKeys: string | undefined;
  const tell = (what: keyof ChangeHandlers) =>
    handlers[what]().catch((error: unknown) => log.warn({ err: error }, `the feed could not read ${what} again`));

  const listening = listenToChannels(url, [keysChannel, revisionChannel], {
    heard: (channel) => void tell(channel === keysChannel ? "keys" : "revisions"),
    connected: async () => void (await Promise.all([tell("keys"), tell("revisions")])),
  });

  async function poll(): Promise<void> {
    const [row] = await db.$queryRaw<{ state: string }[]>`
      SELECT concat_ws(' ', count(*), count(k."revokedAt"), max(k."createdAt"), max(k."revokedAt"),
        string_agg(DISTINCT c."key" || ' ' || c."locationKey", ','),
        (SELECT concat_ws(' ', count(*), max("updatedAt")) FROM "TransferRule"),
        (SELECT count(*) FROM "FeedSigningKey")) AS "state"
      FROM "ConsumerKey" k JOIN "Consumer" c ON c."id" = k."consumerId"`;
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

  return {
    async close() {
      clearInterval(timer);
      await listening.close();
    },
  };
}
