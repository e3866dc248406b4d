import type { Engine } from "../../../engine/engine";
import { FeedRefusal } from "../door/problems";
import type { Feed } from "../feed";
import type { ScopeView } from "../views/scope-view";

/** A revision as somebody wrote it into an address. */
export function revisionIn(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new FeedRefusal("bad-cursor");
  return Number(text);
}

/** Refuses a revision that has not come yet. Another process may have told of it before this one heard. */
export async function requireCome({ views }: Pick<Feed, "views">, view: ScopeView, revision: number): Promise<void> {
  if (revision <= view.headRevision) return;
  await views.refresh().catch(() => {
    throw new FeedRefusal("unavailable", 5);
  });
  const now = views.peek(view.scopeName);
  if (!now || revision > now.headRevision) throw new FeedRefusal("future-revision");
}

/** Refuses a revision of which the log does not know the members any more. */
export async function requireKept(engine: Pick<Engine, "floor">, environment: string, revision: number): Promise<void> {
  if (revision >= (await engine.floor(environment))) return;
  throw new FeedRefusal("revision-gone", undefined, snapshotOf(environment));
}

/** Where a reader begins anew. */
export function snapshotOf(environment: string): string {
  return `/feed/v1/${environment}/segments`;
}

/** What waits for the customers' data, and is refused while that does not answer. */
export async function fromEngine<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof FeedRefusal ? error : new FeedRefusal("unavailable", 5);
  }
}
