import { z } from "zod";
import { takesNobody } from "../../guards/artefact";
import { frozenArtefacts } from "../../guards/server/frozen-artefacts";
import type { Database } from "../../server/database";
import { readCursor, writeCursor } from "../cursor";
import { isInScope } from "../scope";
import type { feedMembersSchema } from "../wire";
import type { Feed } from "./feed";
import type { FeedKey } from "./keyring";
import { fromEngine, requireCome, requireKept, revisionIn } from "./logged-revision";
import { onceFollowed, requireGone } from "./once-followed";
import { FeedRefusal } from "./problems";
import type { ScopeView } from "./scope-view";

export const membersOfPage = 10_000;

export type AskedMembers = {
  readonly segment: string;
  readonly revision: string | undefined;
  readonly cursor: string | undefined;
};

const placeSchema = z.object({ revision: z.int().min(0), after: z.string() });
type Place = { readonly revision: number; readonly after: string | undefined };

/**
 * A page of a segment's members at one revision, whatever comes meanwhile. Only those who resided in the scope's regions
 * then and reside there now are named, and none where the segment was not in the scope then, or is not now.
 */
export async function listMembers(
  feed: Feed,
  key: FeedKey,
  view: ScopeView,
  asked: AskedMembers,
): Promise<z.input<typeof feedMembersSchema>> {
  const { segment } = asked;
  const { environment } = view;
  if (!view.segments.has(segment)) throw new FeedRefusal("not-found");
  const about = `members of ${segment} for ${view.scopeName}`;
  const { revision, after } = placeOf(asked, about, view);
  await requireCome(feed, view, revision);
  return fromEngine(async () => {
    const artefact = await artefactAt(feed.db, { environment, segment, revision });
    if (!artefact || !isInScope(artefact, key.scope)) throw new FeedRefusal("not-found");
    const answer = { environment, revision, segment };
    if (takesNobody(artefact)) {
      await requireKept(feed.engine(), environment, revision);
      return { ...answer, members: [], next: null };
    }
    const { members, last } = await onceFollowed(() => readPage(feed, key, { environment, segment, revision, after }));
    return { ...answer, members, next: last === null ? null : writeCursor(about, { revision, after: last }) };
  });
}

type AskedPage = Place & { readonly environment: string; readonly segment: string };

/** `last` is the id behind which the next page begins; null where there is none. */
async function readPage(feed: Feed, key: FeedKey, { environment, segment, revision, after }: AskedPage) {
  const engine = feed.engine();
  const of = { environment, segment, regions: key.scope.regions };
  const found: string[] = [];
  const page = { ...of, revision, limit: membersOfPage + 1, ...(after !== undefined && { after }) };
  for await (const ids of engine.membersAt(page, { for: key.id })) found.push(...ids);
  // Only now: what was forgotten meanwhile may be missing.
  await requireKept(engine, environment, revision);
  const ids = found.slice(0, membersOfPage);
  const residence = await engine.regionsOf(ids);
  const resides = (id: string) => of.regions.includes(residence.get(id) ?? "");
  const away = ids.filter((id) => !resides(id));
  const head = feed.views.peek(key.scopeName)?.headRevision ?? revision;
  if (away.length > 0) await requireGone(engine, { ...of, revision: head, among: away });
  return { members: ids.filter(resides), last: found.length > ids.length ? (ids.at(-1) ?? "") : null };
}

function placeOf({ revision, cursor }: AskedMembers, about: string, view: ScopeView): Place {
  const asked = revision === undefined ? undefined : revisionIn(revision);
  if (cursor === undefined) return { revision: asked ?? view.headRevision, after: undefined };
  const reading = readCursor(cursor, about, placeSchema);
  if (!reading.ok) throw new FeedRefusal(`${reading.why}-cursor`);
  if (asked !== undefined && asked !== reading.place.revision) throw new FeedRefusal("bad-cursor");
  return reading.place;
}

/** What was served of a segment at a revision. */
async function artefactAt(
  db: Database,
  { environment, segment, revision }: { environment: string; segment: string; revision: number },
) {
  const release = await db.release.findFirst({
    where: { environmentKey: environment, segment: { key: segment }, revision: { lte: revision } },
    orderBy: { revision: "desc" },
    select: { id: true },
  });
  return release && (await frozenArtefacts(db, [release.id])).get(release.id);
}
