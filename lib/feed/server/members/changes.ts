import type { z } from "zod";
import {
  aboutChanges,
  type ChangePlace,
  type ChangeReader,
  changePlaceSchema,
  wholeRevision,
} from "../../change-place";
import { readCursor, writeCursor } from "../../cursor";
import type { feedChangesSchema } from "../../wire";
import type { FeedKey } from "../door/keyring";
import { FeedRefusal } from "../door/problems";
import type { Feed } from "../feed";
import type { ScopeView } from "../views/scope-view";
import { fromEngine, requireCome, revisionIn } from "./logged-revision";
import { onceFollowed } from "./once-followed";
import { readChanges } from "./read-changes";

const changesOfPage = 10_000;

/** What a key's scope is told of the revisions behind a place, in their order. */
export async function listChanges(
  feed: Feed,
  key: FeedKey,
  view: ScopeView,
  after: string | undefined,
): Promise<z.input<typeof feedChangesSchema>> {
  const reader: ChangeReader = { scope: key.scope, scopeName: view.scopeName, withMembers: true, for: key.id };
  const place = placeIn(after, reader);
  await requireCome(feed, view, place.revision);
  return fromEngine(() =>
    onceFollowed(async () => {
      const now = feed.views.peek(view.scopeName) ?? view;
      const { changes, next, complete } = await readChanges(feed, reader, now, { after: place, limit: changesOfPage });
      const { environment } = view;
      return { environment, revision: next.revision, changes, next: cursorOf(next, reader), complete };
    }),
  );
}

/** A place as somebody wrote it: a cursor of the same reader, or a revision. */
export function placeIn(after: string | undefined, reader: ChangeReader): ChangePlace {
  if (after === undefined) throw new FeedRefusal("bad-cursor");
  if (/^-?\d+$/.test(after)) return { revision: revisionIn(after) };
  const reading = readCursor(after, aboutChanges(reader), changePlaceSchema);
  if (!reading.ok) throw new FeedRefusal(`${reading.why}-cursor`);
  if (wholeRevision(reading.place) < 0) throw new FeedRefusal("bad-cursor");
  return reading.place;
}

export function cursorOf(place: ChangePlace, reader: ChangeReader): string {
  return writeCursor(aboutChanges(reader), place);
}
