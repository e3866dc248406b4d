import type { Feed } from "./feed";
import { FeedRefusal } from "./problems";
import type { ScopeView } from "./scope-view";

/** A revision as somebody wrote it into an address. */
export function revisionIn(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new FeedRefusal("bad-cursor");
  return Number(text);
}

/** Refuses a revision that has not come yet, and one of which the log does not know the members any more. */
export async function requireLogged(feed: Feed, view: ScopeView, revision: number): Promise<void> {
  if (revision > view.headRevision) throw new FeedRefusal("future-revision");
  if (revision >= (await feed.engine().floor(view.environment))) return;
  throw new FeedRefusal("revision-gone", undefined, `/feed/v1/${view.environment}/segments`);
}

/** What waits for the customers' data, and is refused while that does not answer. */
export async function fromEngine<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof FeedRefusal ? error : new FeedRefusal("unavailable", 5);
  }
}
