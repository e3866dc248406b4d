import { z } from "zod";
import { takesNobody } from "../../guards/artefact";
import { frozenArtefacts } from "../../guards/server/frozen-artefacts";
import type { Database } from "../../server/database";
import { readCursor, writeCursor } from "../cursor";
import { isInScope } from "../scope";
import type { feedMembersSchema } from "../wire";
import type { Feed } from "./feed";
import type { FeedKey } from "./keyring";
import { fromEngine, requireLogged, revisionIn } from "./logged-revision";
import { FeedRefusal } from "./problems";
import type { ScopeView } from "./scope-view";

export const membersOfPage = 10_000;

export type AskedMembers = {
  readonly segment: string;
  readonly revision: string | undefined;
  readonly cursor: string | undefined;
};

const placeSchema = z.object({ revision: z.int().min(0), after: z.string() });

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
  return fromEngine(async () => {
    await requireLogged(feed, view, revision);
    const artefact = await artefactAt(feed.db, { environment, segment, revision });
    if (!artefact || !isInScope(artefact, key.scope)) throw new FeedRefusal("not-found");
    const answer = { environment, revision, segment };
    if (takesNobody(artefact)) return { ...answer, members: [], next: null };
    const { regions } = key.scope;
    const limit = membersOfPage + 1;
    const found: string[] = [];
    const of = { environment, segment, revision, regions, limit, ...(after !== undefined && { after }) };
    for await (const page of feed.engine().membersAt(of, { for: key.id })) found.push(...page);
    const ids = found.slice(0, membersOfPage);
    const residence = await feed.engine().regionsOf(ids);
    const next = found.length > ids.length ? writeCursor(about, { revision, after: ids.at(-1) ?? "" }) : null;
    return { ...answer, members: ids.filter((id) => regions.includes(residence.get(id) ?? "")), next };
  });
}

function placeOf({ revision, cursor }: AskedMembers, about: string, view: ScopeView) {
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
