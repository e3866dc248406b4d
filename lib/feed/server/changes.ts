import { z } from "zod";
import type { MembershipChange } from "../../engine/membership-records";
import { readCursor, writeCursor } from "../cursor";
import type { FeedChange, feedChangesSchema } from "../wire";
import type { Feed } from "./feed";
import type { FeedKey } from "./keyring";
import { fromEngine, requireLogged, revisionIn } from "./logged-revision";
import { FeedRefusal } from "./problems";
import type { ScopeView } from "./scope-view";
import { readHistory, releaseChanges, wasTold } from "./segment-history";

const changesOfPage = 10_000;

/**
 * How far a reader has come: through `revision`, where `behind` is absent, or in it through one member. `since` is where
 * this reading began: whom it did not name by then, it was not told of.
 */
const placeSchema = z.object({
  since: z.int().min(0),
  revision: z.int().min(0),
  behind: z.object({ revision: z.int(), segment: z.string(), customerId: z.string() }).optional(),
});
type Place = z.infer<typeof placeSchema>;

/** What a key's scope is told of the revisions behind a place, in their order. */
export async function listChanges(
  feed: Feed,
  key: FeedKey,
  view: ScopeView,
  after: string | undefined,
): Promise<z.input<typeof feedChangesSchema>> {
  const about = `changes for ${view.scopeName}`;
  const place = placeOf(after, about);
  return fromEngine(async () => {
    for (const revision of [place.revision, place.since]) await requireLogged(feed, view, revision);
    const { environment, headRevision: head } = view;
    const found = await readMoves(feed, key, view, place);
    const rows = found.slice(0, changesOfPage);
    const last = found.length > rows.length ? rows.at(-1) : undefined;
    const upTo = last?.revision ?? head;
    const history = await readHistory(feed.db, { environment, after: place.revision, upTo });
    const told = rows.filter(
      ({ segment, revision }) => view.segments.has(segment) && wasTold(history, key.scope, segment, revision),
    );
    const members = (await withoutForeign(feed, key, view, place.since, told)).map(memberChange);
    const erasures = await readErasures(feed, environment, place.revision, upTo);
    const changes = [...releaseChanges(history, key.scope, place.revision), ...erasures, ...members].sort(inOrder);
    const next: Place = last ? { since: place.since, revision: upTo, behind: last } : { since: head, revision: head };
    return { environment, revision: upTo, changes, next: writeCursor(about, next), complete: last === undefined };
  });
}

function placeOf(after: string | undefined, about: string): Place {
  if (after === undefined) throw new FeedRefusal("bad-cursor");
  if (/^-?\d+$/.test(after)) {
    const revision = revisionIn(after);
    return { since: revision, revision };
  }
  const reading = readCursor(after, about, placeSchema);
  if (!reading.ok) throw new FeedRefusal(`${reading.why}-cursor`);
  return reading.place;
}

async function readMoves(feed: Feed, key: FeedKey, view: ScopeView, { revision, behind }: Place) {
  const rows: MembershipChange[] = [];
  const of = {
    ...{ environment: view.environment, upTo: view.headRevision, regions: key.scope.regions },
    ...{ after: behind ? behind.revision - 1 : revision, limit: changesOfPage + 1 },
    ...(behind && { behind }),
  };
  for await (const page of feed.engine().changesBetween(of, { for: key.id })) rows.push(...page);
  return rows;
}

/**
 * Who resides elsewhere by now is not named as entering. They are named as leaving where this reading began with them as
 * members: whoever was told of them has to let them go.
 */
async function withoutForeign(
  feed: Feed,
  { scope }: FeedKey,
  { environment }: ScopeView,
  since: number,
  rows: readonly MembershipChange[],
): Promise<MembershipChange[]> {
  const { regions } = scope;
  const residence = await feed.engine().regionsOf([...new Set(rows.map(({ customerId }) => customerId))]);
  const isForeign = ({ customerId }: MembershipChange) => !regions.includes(residence.get(customerId) ?? "");
  const leaving = rows.filter((row) => row.change === "left" && isForeign(row));
  const known = new Set<string>();
  for (const [segment, ofSegment] of Map.groupBy(leaving, (row) => row.segment)) {
    const among = [...new Set(ofSegment.map(({ customerId }) => customerId))];
    for await (const page of feed.engine().membersAt({ environment, segment, revision: since, regions, among }))
      for (const id of page) known.add(JSON.stringify([segment, id]));
  }
  const wasKnown = ({ segment, customerId }: MembershipChange) => known.has(JSON.stringify([segment, customerId]));
  return rows.filter((row) => !isForeign(row) || (row.change === "left" && wasKnown(row)));
}

function memberChange({ revision, segment, customerId: id, change, cause }: MembershipChange): FeedChange {
  return { kind: "member", revision, segment, id, change, cause };
}

async function readErasures(feed: Feed, environment: string, after: number, upTo: number): Promise<FeedChange[]> {
  const rows = await feed.db.revision.findMany({
    where: { environmentKey: environment, number: { gt: after, lte: upTo }, kind: "erasure" },
    select: { number: true },
  });
  return rows.map(({ number }) => ({ kind: "erasure", revision: number }));
}

const kinds = ["segment", "erasure", "member"];

/** By revision, what members follow from before them; members stay in the order in which they came. */
function inOrder(a: FeedChange, b: FeedChange): number {
  return a.revision - b.revision || kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
}
