import type { Active } from "./activation";
import { readBundle } from "./bundle";
import { checkPlace } from "./check-head";
import { type LastGoodStore, readLastGood } from "./last-good";
import { verifyHead } from "./signed-head";
import { StewardError } from "./steward-error";
import { createTrustedKeys, type PublicKey } from "./trusted-keys";

export type RestoreDependencies = {
  readonly store: LastGoodStore;
  readonly environment: string;
  readonly scope: string | undefined;
  readonly pinned: readonly string[] | undefined;
  readonly onUnusable: (error: StewardError) => void;
};

export type Restored = { readonly active: Active; readonly keys: readonly PublicKey[] };

/**
 * The newest copy that is whole and verifies; null where none is. An expired head is good enough: nothing newer is
 * known, and the status says so.
 */
export async function restore({ store, onUnusable, ...expected }: RestoreDependencies): Promise<Restored | null> {
  for (const copy of await store.read()) {
    try {
      return await restored(copy, expected);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      onUnusable(new StewardError("cache-unusable", `A copy on disk cannot be used: ${message}`, { cause }));
    }
  }
  return null;
}

type Expected = Omit<RestoreDependencies, "store" | "onUnusable">;

async function restored(copy: Uint8Array<ArrayBuffer>, { environment, scope, pinned }: Expected): Promise<Restored> {
  const { head: text, bundle, keys: kept } = await readLastGood(copy);
  if (pinned && !kept.some(({ kid }) => pinned.includes(kid))) throw new TypeError("none of its keys is trusted");
  const keys = createTrustedKeys({ pinned, known: kept, fetchKeys: async () => ({ keys: [] }), now: () => 0 });
  const head = await verifyHead(text, keys.find);
  checkPlace(head, { environment, scope: scope ?? null });
  return { active: { head, bundle: await readBundle(bundle, head) }, keys: kept };
}
