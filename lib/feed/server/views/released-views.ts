import type { Engine } from "../../../engine/engine";
import type { Database } from "../../../server/database";
import { log } from "../../../server/log";
import { headExpiry } from "../../head-expiry";
import { type Scope, scopeName } from "../../scope";
import type { Keyring } from "../door/keyring";
import { FeedRefusal } from "../door/problems";
import type { LastGood } from "../last-good/last-good";
import type { Publication } from "../last-good/last-good-keeper";
import type { Signer } from "../signing/signer";
import { type Released, readReleased } from "./released";
import { createScopeView, type HeadPlace, type ScopeView, withHead } from "./scope-view";
import { narrowToScope } from "./served-scope";

export type ReleasedViews = {
  /** The view of a scope, from memory; undefined where it must be made first. */
  peek(scopeName: string): ScopeView | undefined;
  /** The view of a scope, made when this is the first to ask; null for an environment there is not. */
  require(scope: Scope): Promise<ScopeView | null>;
  /** Takes over what was released since, or who moved among the customers that rules name by hand. */
  refresh(): Promise<void>;
  /** Calls after each refresh that took a head on or changed what is served, until what it gives back is called. */
  onChange(listener: () => void): () => void;
  /** When what is served was last known to be the newest, in milliseconds. */
  readAt(): number;
  /** Of every environment that anybody was served. */
  heads(): ReadonlyMap<string, number>;
};

export type ReleasedViewsDependencies = {
  readonly db: Database;
  readonly keyring: Pick<Keyring, "all">;
  readonly engine: () => Engine;
  readonly signer: Signer;
  readonly now: () => number;
  /** How long a head holds after the database was last heard, in hours. */
  readonly hours: number;
  /** What is served until the database answers, where it does not at the start. */
  readonly kept?: Pick<LastGood, "at" | "views"> | null;
  /** Done with what is about to be served, before it is. */
  readonly beforeServed?: (next: Publication) => Promise<void>;
};

/**
 * What every scope is served, by revision. Customers who move between segments move the head, not what is served. All
 * scopes of an environment change together, when all are ready, so no pull meets a mixture; until then the revision
 * before is served.
 */
export async function createReleasedViews(dependencies: ReleasedViewsDependencies): Promise<ReleasedViews> {
  const { db, keyring, engine, signer, now, hours, kept, beforeServed } = dependencies;
  let released = new Map<string, Released>();
  let views = new Map<string, ScopeView>();
  for (const { served, place } of kept?.views ?? []) {
    const view = await createScopeView(served, place, signer);
    views.set(view.scopeName, view);
  }
  let readAt = kept?.at ?? now();
  const listeners = new Set<() => void>();
  let work: Promise<unknown> = Promise.resolve();

  let refreshing: Promise<void> | undefined;

  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = work.catch(() => undefined).then(task);
    work = done;
    return done;
  }

  function placeOf({ head }: Released, at: number): HeadPlace {
    return { revision: head, expires: headExpiry(at, hours) };
  }

  async function viewOf(scope: Scope, now: Released, at: number, before?: ScopeView): Promise<ScopeView> {
    const served = await narrowToScope(scope, now, engine, before?.byHand);
    return createScopeView(served, placeOf(now, at), signer, before);
  }

  async function refresh(): Promise<void> {
    const at = now();
    const next = await readReleased(db, engine, released);
    const changed = [...next].filter(([key, now]) => {
      const before = released.get(key);
      return before?.revision !== now.revision || before.residences.digest !== now.residences.digest;
    });
    const scopes = new Map([...keyring.all()].map(({ scope }) => [scopeName(scope), scope]));
    const made = new Map(views);
    for (const [environment] of changed) {
      for (const [name, view] of made) if (view.environment === environment) made.delete(name);
    }
    for (const [name, scope] of scopes) {
      const now = next.get(scope.environment);
      if (!now || made.has(name)) continue;
      const before = views.get(name);
      const view = viewOf(scope, now, at, before);
      // A scope that nobody was served yet holds nobody up: it is made when somebody asks.
      const ready = await (before ? view : view.catch(() => undefined));
      if (ready) made.set(name, ready);
    }
    for (const [name, view] of made) {
      const now = next.get(view.environment);
      if (now) made.set(name, headed(view, placeOf(now, at)));
    }
    const erasures = Object.fromEntries([...next].map(([environment, { erased }]) => [environment, erased]));
    await beforeServed?.({ at, views: made, erasures });
    const isChanged = made.size !== views.size || [...made].some(([name, view]) => views.get(name) !== view);
    [released, views, readAt] = [next, made, at];
    if (isChanged) for (const listener of listeners) listener();
  }

  function headed(view: ScopeView, place: HeadPlace): ScopeView {
    const isSame =
      view.headRevision === place.revision && view.expires === place.expires && view.signedBy === signer.keyId();
    return isSame ? view : withHead(view, place, signer);
  }

  await inTurn(refresh).catch((error: unknown) => {
    if (views.size === 0) throw error;
    log.warn({ err: error }, "the feed serves its last good copy until the database answers");
  });
  return {
    peek: (name) => views.get(name),
    require: (scope) =>
      inTurn(async () => {
        const name = scopeName(scope);
        const now = released.get(scope.environment);
        if (released.size === 0) throw new FeedRefusal("unavailable", 5);
        const known = views.get(name);
        if (known || !now) return known ?? null;
        const view = await viewOf(scope, now, readAt);
        // Not into the map that was published: the next refresh would take it for one that was there before.
        views = new Map(views).set(name, view);
        return view;
      }),
    // Whoever asks while one waits its turn is answered by that one.
    refresh: () => {
      refreshing ??= inTurn(() => {
        refreshing = undefined;
        return refresh();
      });
      return refreshing;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    readAt: () => readAt,
    heads: () => new Map([...views.values()].map(({ environment, headRevision }) => [environment, headRevision])),
  };
}
