import { hash } from "node:crypto";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { loadTransferRules } from "../../../guards/server/transfer-rules";
import type { TransferRule } from "../../../guards/transfer-rule";
import type { Database } from "../../../server/database";
import type { Prisma } from "../../../server/prisma/client";
import { type Scope, scopeName, scopeOf } from "../../scope";

export type FeedKey = {
  readonly id: string;
  readonly environment: string;
  readonly scope: Scope;
  readonly scopeName: string;
  readonly rights: ReadonlySet<string>;
  /** In milliseconds; Infinity for one that nothing ends by itself. */
  readonly expiresAt: number;
};

export type Keyring = {
  /** The key of an Authorization header: known at once, or after one look into the database for a new one. */
  find(authorization: string | undefined): FeedKey | null | Promise<FeedKey | null>;
  /** The same from memory alone: undefined where the database would have to be asked. */
  peek(authorization: string | undefined): FeedKey | null | undefined;
  /** Reads all keys again; what was thought unknown may be known now. */
  reload(): Promise<void>;
  all(): Iterable<FeedKey>;
  /** By the hash that they are found by. */
  entries(): Iterable<readonly [hash: string, key: FeedKey]>;
  /** The key as it is now; null where it was revoked or has expired. */
  current(id: string): FeedKey | null;
  /** Calls after each reading of all keys, until what it gives back is called. */
  onChange(listener: () => void): () => void;
};

const bearer = /^Bearer +(stw_[A-Za-z0-9_-]{43})$/i;
const unknownKeptAtMost = 10_000;
/** Others wait while keys are looked for: as many as a person tries at once, and few for long. */
const looksAllowed = { points: 20, duration: 10 };

/**
 * The keys that are not revoked, in memory by their SHA-256. The hash is of 256 random bits, so the time a look-up
 * takes tells nothing of any other key. An unknown key is asked for once; guesses together at most so many a second.
 * Where the database is away at the start, those that were kept are known.
 */
export async function createKeyring(
  db: Database,
  now: () => number = Date.now,
  kept: Iterable<readonly [hash: string, key: FeedKey]> = [],
): Promise<Keyring> {
  let known = new Map<string, FeedKey>(kept);
  let byId = new Map([...known.values()].map((key) => [key.id, key]));
  let unknown = new Set<string>();
  const looks = new RateLimiterMemory(looksAllowed);
  let looksAgainAt = 0;
  const listeners = new Set<() => void>();

  let reloading = Promise.resolve();
  // One after the other: an older reading must not bring a revoked key back.
  function reload(): Promise<void> {
    reloading = reloading.catch(() => undefined).then(read);
    return reloading;
  }

  async function read(): Promise<void> {
    const [rows, transfers] = await Promise.all([
      db.consumerKey.findMany({ where: { revokedAt: null }, include: located }),
      loadTransferRules(db),
    ]);
    known = new Map(rows.map((row) => [row.hash, feedKey(row, transfers)]));
    byId = new Map([...known.values()].map((key) => [key.id, key]));
    // What was not known and has come since is among the known by now.
    if (unknown.size >= unknownKeptAtMost) unknown = new Set();
    for (const listener of listeners) listener();
  }

  async function ask(hashed: string): Promise<FeedKey | null> {
    const spent = await looks.consume("all").then(
      () => null,
      (limited: RateLimiterRes) => limited,
    );
    if (spent) {
      looksAgainAt = now() + spent.msBeforeNext;
      return null;
    }
    const [knownThen, byIdThen, unknownThen] = [known, byId, unknown];
    const row = await db.consumerKey.findUnique({ where: { hash: hashed, revokedAt: null }, include: located });
    if (!row) {
      if (unknownThen.size < unknownKeptAtMost) unknownThen.add(hashed);
      return null;
    }
    const key = feedKey(row, await loadTransferRules(db));
    knownThen.set(hashed, key);
    byIdThen.set(key.id, key);
    return unlessExpired(key);
  }

  function peekHash(hashed: string): FeedKey | null | undefined {
    const key = known.get(hashed);
    if (key) return unlessExpired(key);
    const isLookedFor = !unknown.has(hashed) && unknown.size < unknownKeptAtMost && now() >= looksAgainAt;
    return isLookedFor ? undefined : null;
  }

  function unlessExpired(key: FeedKey): FeedKey | null {
    return key.expiresAt > now() ? key : null;
  }

  await reload().catch((error: unknown) => {
    if (known.size === 0) throw error;
  });
  return {
    reload,
    all: () => known.values(),
    entries: () => known.entries(),
    current(id) {
      const key = byId.get(id);
      return key ? unlessExpired(key) : null;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    peek(authorization) {
      const hashed = hashOf(authorization);
      return hashed === null ? null : peekHash(hashed);
    },
    find(authorization) {
      const hashed = hashOf(authorization);
      if (hashed === null) return null;
      const found = peekHash(hashed);
      return found === undefined ? ask(hashed) : found;
    },
  };
}

function hashOf(authorization: string | undefined): string | null {
  const [, secret] = bearer.exec(authorization ?? "") ?? [];
  return secret === undefined ? null : hash("sha256", secret, "hex");
}

const located = { consumer: { select: { locationKey: true } } } as const;

type LocatedKey = Prisma.ConsumerKeyGetPayload<{ include: typeof located }>;

function feedKey(row: LocatedKey, transfers: readonly TransferRule[]): FeedKey {
  const { environmentKey: environment, regions, purposes } = row;
  const scope = scopeOf({ environment, regions, purposes, location: row.consumer.locationKey }, transfers);
  return {
    id: row.id,
    environment: row.environmentKey,
    scope,
    scopeName: scopeName(scope),
    rights: new Set(row.rights),
    expiresAt: row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
  };
}
