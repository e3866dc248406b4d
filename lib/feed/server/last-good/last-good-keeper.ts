import { isDeepStrictEqual } from "node:util";
import { log } from "../../../server/log";
import type { Keyring } from "../door/keyring";
import type { Signer } from "../signing/signer";
import type { ScopeView } from "../views/scope-view";
import { type Erasures, type Heads, keptView, type LastGood, type LastGoodStore } from "./last-good";
import type { MemberPages } from "./member-pages";

/** What is about to be served. */
export type Publication = {
  readonly at: number;
  readonly views: ReadonlyMap<string, ScopeView>;
  readonly erasures: Erasures;
};

export type LastGoodKeeper = {
  /**
   * Keeps what is about to be served before it is, so that a restart never goes back; and forgets what an erasure took
   * away, wherever it lies.
   */
  beforeServed(next: Publication): Promise<void>;
  /** Keys or signing keys have changed. */
  keysChanged(): Promise<void>;
};

type Keeping = {
  readonly store: LastGoodStore | null;
  readonly pages: Pick<MemberPages, "forget">;
  readonly keyring: Pick<Keyring, "entries">;
  readonly signer: Pick<Signer, "rows">;
  readonly kept: LastGood | null;
};

/** So old may be what is written of when everything was last known to be the newest. */
const agedAtMostMs = 30_000;

export function createLastGoodKeeper({ store, pages, keyring, signer, kept }: Keeping): LastGoodKeeper {
  let last: Publication | undefined;
  let erasures: Erasures = kept?.erasures ?? {};
  let writtenAt = 0;
  /** Until nothing is left of who was erased: tried again with each publication. */
  let isForgetting = false;

  async function forget(next: Publication): Promise<void> {
    const arePagesGone = pages.forget().then(
      () => true,
      (error: unknown) => {
        log.error({ err: error }, "the kept pages of members could not be taken away");
        return false;
      },
    );
    isForgetting = !(await writeWhole(next, true)) || !(await arePagesGone);
  }

  async function writeWhole(of: Publication, forget: boolean): Promise<boolean> {
    const views = [...of.views.values()].map(keptView);
    const { at } = of;
    writtenAt = at;
    if (!store) return true;
    const keys = [...keyring.entries()];
    return store.write({ at, views, erasures: of.erasures, keys, signingKeys: signer.rows() }, { forget });
  }

  return {
    async beforeServed(next) {
      isForgetting ||= !isDeepStrictEqual(erasures, next.erasures);
      const before = last;
      [last, erasures] = [next, next.erasures];
      if (isForgetting) return forget(next);
      if (!before || !haveSameBundles(before.views, next.views)) return void (await writeWhole(next, false));
      const heads = headsOf(next.views);
      const isAged = next.at - writtenAt > agedAtMostMs;
      if (!isAged && isDeepStrictEqual(heads, headsOf(before.views))) return;
      writtenAt = next.at;
      await store?.writeHeads(next.at, heads);
    },
    async keysChanged() {
      if (last) await writeWhole(last, false);
    },
  };
}

function haveSameBundles(before: Publication["views"], now: Publication["views"]): boolean {
  return before.size === now.size && [...now].every(([name, view]) => before.get(name)?.bundles === view.bundles);
}

function headsOf(views: Publication["views"]): Heads {
  return Object.fromEntries(
    [...views.values()].map(({ environment, headRevision: revision, expires }) => [environment, { revision, expires }]),
  );
}
