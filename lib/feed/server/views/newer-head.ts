import type { FeedKey } from "../door/keyring";
import { FeedRefusal } from "../door/problems";
import type { Feed } from "../feed";
import { requireCome, revisionIn } from "../members/logged-revision";
import type { ScopeView } from "./scope-view";

export const longestWaitSeconds = 30;

export type AskedHead = {
  readonly after: string | undefined;
  readonly wait: string | undefined;
  readonly gone: AbortSignal;
};

/** The view whose head is beyond a revision, waited for; the present one where the time is over before. */
export async function newerHead(feed: Feed, key: FeedKey, view: ScopeView, asked: AskedHead): Promise<ScopeView> {
  const seconds = secondsIn(asked.wait);
  if (asked.after === undefined) {
    if (asked.wait !== undefined) throw new FeedRefusal("bad-wait");
    return view;
  }
  const after = revisionIn(asked.after);
  await requireCome(feed, view, after);
  const isOver = () => {
    const now = feed.keyring.current(key.id);
    const head = feed.views.peek(key.scopeName)?.headRevision ?? 0;
    return now?.scopeName !== key.scopeName || head > after;
  };
  await feed.waiters.wait({ keyId: key.id, isOver, forMs: seconds * 1_000, gone: asked.gone });
  return viewNow(feed, key);
}

/** What the key may be told may have changed while it waited. */
async function viewNow(feed: Feed, { id }: FeedKey): Promise<ScopeView> {
  const key = feed.keyring.current(id);
  if (!key) throw new FeedRefusal("unknown-key");
  const view = feed.views.peek(key.scopeName) ?? (await feed.views.require(key.scope));
  if (!view) throw new FeedRefusal("other-environment");
  return view;
}

function secondsIn(text: string | undefined): number {
  if (text === undefined) return 0;
  const seconds = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (seconds <= longestWaitSeconds) return seconds;
  throw new FeedRefusal("bad-wait");
}
