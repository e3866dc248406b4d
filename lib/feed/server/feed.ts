import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Engine } from "../../engine/engine";
import type { Database } from "../../server/database";
import { createMetrics, type Metrics } from "../../server/metrics";
import { measureLags } from "./consumers/lag-metrics";
import { createPullLog, type PullLog } from "./consumers/pull-log";
import { createKeyring, type Keyring } from "./door/keyring";
import { createTarpit, type Tarpit } from "./door/tarpit";
import { measureStreams, measureViews } from "./feed-metrics";
import { createLastGoodStore } from "./last-good/last-good";
import { createLastGoodKeeper } from "./last-good/last-good-keeper";
import { type MemberPages, noMemberPages, openMemberPages } from "./last-good/member-pages";
import { createSigner, type Signer } from "./signing/signer";
import { readSigningKeys, requireSigningKeys } from "./signing/signing-key-rows";
import { createStreams, type Streams } from "./stream/streams";
import { createHeadWaiters, type HeadWaiters } from "./views/head-waiters";
import { createReleasedViews, type ReleasedViews } from "./views/released-views";
import { watchChanges } from "./watch-changes";

export type FeedDependencies = {
  readonly db: Database;
  /** Where to listen for changes; a connection of its own. */
  readonly databaseUrl: string;
  readonly engine: () => Engine;
  /** What the private parts of the signing keys are sealed with: the same for every process of an installation. */
  readonly secret: string;
  /** How long a head holds after the database was last heard. */
  readonly hours?: number;
  readonly now?: () => number;
  /** Where the feed's own figures are shown. */
  readonly metrics?: Metrics;
  /** Where the last good copy is kept; without one, a restart needs the database. */
  readonly dataFolder?: string;
  /** Open streams of this process. */
  readonly streams?: number;
  /** Calls of every kind that one key may make in a second. */
  readonly requestsPerSecond?: number;
  /** Looks at single customers that one key may ask for in a second. */
  readonly customersPerSecond?: number;
  /** Pages of members or changes that one key may ask for in a second. */
  readonly pagesPerSecond?: number;
};

export type Feed = {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly signer: Signer;
  readonly views: ReleasedViews;
  readonly memberPages: MemberPages;
  readonly waiters: HeadWaiters;
  readonly pulls: PullLog;
  readonly engine: () => Engine;
  readonly now: () => number;
  readonly metrics: Metrics;
  readonly streams: Streams;
  /** Of every call, by key. */
  readonly rate: RateLimiterMemory;
  readonly tarpit: Tarpit;
  readonly customersPerSecond: number;
  readonly pagesPerSecond: number;
  close(): Promise<void>;
};

/** Reads keys and releases into memory and keeps them current; pulls are answered from there. */
export async function openFeed(dependencies: FeedDependencies): Promise<Feed> {
  const { db, databaseUrl, engine, secret, hours = 24, now = Date.now } = dependencies;
  const { metrics = createMetrics(), streams: streamsAtMost = 2_000 } = dependencies;
  const { customersPerSecond = 500, pagesPerSecond = 50, requestsPerSecond = 1_000 } = dependencies;
  const store = dependencies.dataFolder === undefined ? null : createLastGoodStore(dependencies.dataFolder);
  const memberPages =
    dependencies.dataFolder === undefined
      ? noMemberPages
      : await openMemberPages(dependencies.dataFolder, { hours, now });
  const kept = (await store?.read()) ?? null;
  const keyring = await createKeyring(db, now, kept?.keys);
  const signingKeys = await requireSigningKeys(db, secret, now()).catch((error: unknown) => {
    if (!kept) throw error;
    return kept.signingKeys;
  });
  const signer = await createSigner(signingKeys, { ...{ secret, now }, read: () => readSigningKeys(db) });
  const keeper = createLastGoodKeeper({ store, keyring, signer, kept, pages: memberPages });
  const { beforeServed } = keeper;
  const views = await createReleasedViews({ db, keyring, engine, signer, now, hours, kept, beforeServed });
  measureViews(metrics, views, now);
  measureLags(metrics, db, now);
  const pulls = createPullLog(db, now);
  const watch = watchChanges(db, databaseUrl, {
    keys: async () => {
      await Promise.all([keyring.reload(), signer.reload()]);
      await keeper.keysChanged();
    },
    revisions: views.refresh,
  });
  const feed = {
    db,
    keyring,
    signer,
    views,
    memberPages,
    waiters: createHeadWaiters({ views, keyring }, { waiters: 2_000, waitersOfKey: 1_000 }),
    pulls,
    engine,
    now,
    metrics,
    rate: new RateLimiterMemory({ points: requestsPerSecond, duration: 1 }),
    tarpit: createTarpit(),
    customersPerSecond,
    pagesPerSecond,
  };
  const streams = createStreams(feed, { streams: streamsAtMost, streamsOfKey: Math.ceil(streamsAtMost / 2) });
  measureStreams(metrics, streams);
  return {
    ...feed,
    streams,
    async close() {
      await streams.close();
      feed.waiters.close();
      await watch.close();
      await pulls.close();
      await store?.settled();
      await memberPages.settled();
    },
  };
}
