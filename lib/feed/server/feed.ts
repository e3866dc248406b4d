import type { Engine } from "../../engine/engine";
import type { Database } from "../../server/database";
import { createKeyring, type Keyring } from "./keyring";
import { createPullLog, type PullLog } from "./pull-log";
import { createReleasedViews, type ReleasedViews } from "./released-views";
import { watchChanges } from "./watch-changes";

export type FeedDependencies = {
  readonly db: Database;
  /** Where to listen for changes; a connection of its own. */
  readonly databaseUrl: string;
  readonly engine: () => Engine;
  readonly now?: () => number;
  /** Looks at single customers that one key may ask for in a second. */
  readonly customersPerSecond?: number;
  /** Pages of members or changes that one key may ask for in a second. */
  readonly pagesPerSecond?: number;
};

export type Feed = {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly views: ReleasedViews;
  readonly pulls: PullLog;
  readonly engine: () => Engine;
  readonly now: () => number;
  readonly customersPerSecond: number;
  readonly pagesPerSecond: number;
  close(): Promise<void>;
};

/** Reads keys and releases into memory and keeps them current; pulls are answered from there. */
export async function openFeed(dependencies: FeedDependencies): Promise<Feed> {
  const { db, databaseUrl, engine, now = Date.now, customersPerSecond = 500, pagesPerSecond = 50 } = dependencies;
  const keyring = await createKeyring(db, now);
  const views = await createReleasedViews(db, keyring, engine);
  const pulls = createPullLog(db, now);
  const watch = watchChanges(db, databaseUrl, { keys: keyring.reload, revisions: views.refresh });
  return {
    db,
    keyring,
    views,
    pulls,
    engine,
    now,
    customersPerSecond,
    pagesPerSecond,
    async close() {
      await watch.close();
      await pulls.close();
    },
  };
}
