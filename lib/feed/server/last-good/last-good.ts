import { join } from "node:path";
import { log } from "../../../server/log";
import { createTwoCopies } from "../../../server/two-copies";
import type { FeedKey } from "../door/keyring";
import type { SigningKeyRow } from "../signing/signing-key-rows";
import type { HeadPlace, ScopeView } from "../views/scope-view";
import type { ServedScope } from "../views/served-scope";

export type KeptView = { readonly served: ServedScope; readonly place: HeadPlace };

/** The newest erasure's revision, by environment. */
export type Erasures = Readonly<Record<string, number>>;

/** All that a feed serves from memory: what it starts from where the database is away. */
export type LastGood = {
  /** When it was last known to be the newest, in milliseconds. */
  readonly at: number;
  readonly keys: readonly (readonly [hash: string, key: FeedKey])[];
  readonly signingKeys: readonly SigningKeyRow[];
  readonly views: readonly KeptView[];
  readonly erasures: Erasures;
};

export type LastGoodStore = {
  read(): Promise<LastGood | null>;
  /** Settles with whether it is on disk; where it is not that is logged, as what is served goes before. */
  write(state: LastGood, options: { readonly forget: boolean }): Promise<boolean>;
  /** Where heads have moved and nothing else: one small file. */
  writeHeads(at: number, heads: Heads): Promise<void>;
  /** Once everything that was to be written is. */
  settled(): Promise<void>;
};

/** By environment. */
export type Heads = Readonly<Record<string, HeadPlace>>;

type KeptHeads = { readonly of: number; readonly at: number; readonly heads: Heads };

const format = 1;

export function createLastGoodStore(dataFolder: string): LastGoodStore {
  const folder = join(dataFolder, "feed");
  const copies = createTwoCopies<StoredLastGood>(folder, "last-good", format);
  const heads = createTwoCopies<KeptHeads>(folder, "heads", format);
  let number: number | undefined;
  let work: Promise<unknown> = Promise.resolve();

  function inTurn(task: () => Promise<unknown>): Promise<boolean> {
    const done = work.then(task).then(
      () => true,
      (error: unknown) => {
        log.error({ err: error }, "the last good copy of the feed could not be written");
        return false;
      },
    );
    work = done;
    return done;
  }

  return {
    async read() {
      const [copy, moved] = [await copies.read(), await heads.read()];
      if (!copy) return null;
      const state = restored(copy.value);
      // Heads that belong to another copy, one that is damaged by now, say nothing of this one.
      return moved?.value.of === copy.number ? withHeads(state, moved.value) : state;
    },
    write: (state, { forget }) =>
      inTurn(async () => {
        number = await copies[forget ? "replace" : "write"](stored(state));
      }),
    async writeHeads(at, moved) {
      await inTurn(async () => {
        if (number !== undefined) await heads.write({ of: number, at, heads: moved });
      });
    },
    settled: async () => void (await work),
  };
}

function withHeads(state: LastGood, { at, heads }: KeptHeads): LastGood {
  const views = state.views.map(({ served, place }) => ({ served, place: heads[served.scope.environment] ?? place }));
  return { ...state, at, views };
}

/** As JSON has it. */
type StoredLastGood = ReturnType<typeof stored>;

function stored({ at, keys, signingKeys, views, erasures }: LastGood) {
  return {
    ...{ at, erasures },
    keys: keys.map(([hash, key]) => ({
      ...{ hash, key: { ...key, rights: [...key.rights] } },
      expiresAt: Number.isFinite(key.expiresAt) ? key.expiresAt : null,
    })),
    signingKeys: signingKeys.map((row) => ({
      ...row,
      createdAt: row.createdAt.getTime(),
      signsFrom: row.signsFrom.getTime(),
      knownUntil: row.knownUntil?.getTime() ?? null,
    })),
    views: views.map(({ served, place }) => ({
      ...{ place, scope: served.scope, revision: served.revision },
      served: served.served.map(({ definition, since }) => ({ definition, since: since.getTime() })),
      byHand: { named: [...served.byHand.named], foreign: [...served.byHand.foreign] },
    })),
  };
}

function restored({ at, keys, signingKeys, views, erasures }: StoredLastGood): LastGood {
  return {
    ...{ at, erasures },
    keys: keys.map(({ hash, key, expiresAt }) => [
      hash,
      { ...key, rights: new Set(key.rights), expiresAt: expiresAt ?? Number.POSITIVE_INFINITY },
    ]),
    signingKeys: signingKeys.map((row) => ({
      ...row,
      createdAt: new Date(row.createdAt),
      signsFrom: new Date(row.signsFrom),
      knownUntil: row.knownUntil === null ? null : new Date(row.knownUntil),
    })),
    views: views.map(({ place, scope, revision, served, byHand }) => ({
      place,
      served: {
        ...{ scope, revision },
        served: served.map(({ definition, since }) => ({ definition, since: new Date(since) })),
        byHand: { named: new Set(byHand.named), foreign: new Set(byHand.foreign) },
      },
    })),
  };
}

export function keptView({ scope, revision, segments, byHand, headRevision, expires }: ScopeView): KeptView {
  const served = [...segments.values()].map(({ definition, since }) => ({ definition, since }));
  return { served: { scope, revision, served, byHand }, place: { revision: headRevision, expires } };
}
