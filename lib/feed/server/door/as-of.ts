import type { ReleasedViews } from "../views/released-views";

type Asked = { readonly views: Pick<ReleasedViews, "readAt">; readonly now: () => number };

/** The database is looked at every 2 seconds; beyond this it is away. */
const staleAfterMs = 10_000;

/** Of when an answer is where the database has been away since: name and value; nothing where it is there. */
export function asOfHeader({ views, now }: Asked): readonly [] | readonly [string, string] {
  const at = views.readAt();
  return now() - at > staleAfterMs ? ["steward-as-of", new Date(at).toISOString()] : [];
}
