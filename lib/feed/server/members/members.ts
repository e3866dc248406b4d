import { z } from "zod";
import type { Engine } from "../../../engine/engine";
import { takesNobody } from "../../../guards/artefact";
import { frozenArtefacts } from "../../../guards/server/frozen-artefacts";
import type { Database } from "../../../server/database";
import type { ChangeReader } from "../../change-place";
import { readCursor, writeCursor } from "../../cursor";
import { isInScope } from "../../scope";
import type { feedMembersSchema } from "../../wire";
import type { FeedKey } from "../door/keyring";
import { FeedRefusal } from "../door/problems";
import type { Feed } from "../feed";
import type { ScopeView } from "../views/scope-view";
import { fromEngine, requireCome, requireKept, revisionIn } from "./logged-revision";
import { onceFollowed, requireGone } from "./once-followed";
import type { ToldScope } from "./read-changes";

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
  const { environment, headRevision } = view;
  const served = view.segments.get(segment);
  if (!served) throw new FeedRefusal("not-found");
  const about = `members of ${segment} for ${view.scopeName}`;
  const place = placeOf(asked, about, view);
  const { revision } = place;
  // Whom the kill switch let go is named by no page that was kept, also while the customers' data does not answer.
  if (revision === headRevision && takesNobody(served.definition))
    return { environment, revision, segment, members: [], next: null };
  await requireCome(feed, view, revision);
  return fromEngine(() =>
    onceFollowed(async () => {
      const now = feed.views.peek(view.scopeName) ?? view;
      const { members, last } = await readMembers(feed, { scope: key.scope, for: key.id }, now, { segment, ...place });
      const next = last === null ? null : writeCursor(about, { revision, after: last });
      return { environment, revision, segment, members, next };
    }),
  );
}

type MemberSources = {
  readonly db: Database;
  readonly engine: () => Pick<Engine, "membersAt" | "regionsOf" | "floor">;
};
type MembersPage = {
  readonly members: string[];
  /** The id behind which the next page begins; null where there is none. */
  readonly last: string | null;
};

/** Throws where the log has not followed somebody who moved; `view` says what the scope is served now. */
export async function readMembers(
  { db, engine }: MemberSources,
  reader: Pick<ChangeReader, "scope" | "for">,
  { environment, headRevision, segments }: ToldScope,
  { segment, revision, after }: Place & { readonly segment: string },
): Promise<MembersPage> {
  const artefact = segments.has(segment) ? await artefactAt(db, { environment, segment, revision }) : null;
  if (!artefact || !isInScope(artefact, reader.scope)) throw new FeedRefusal("not-found");
  const { regions } = reader.scope;
  const of = { environment, segment, regions };
  const found: string[] = [];
  const page = { ...of, revision, limit: membersOfPage + 1, ...(after !== undefined && { after }) };
  if (!takesNobody(artefact)) for await (const ids of engine().membersAt(page, { for: reader.for })) found.push(...ids);
  // Only now: what was forgotten meanwhile may be missing.
  await requireKept(engine(), environment, revision);
  const ids = found.slice(0, membersOfPage);
  const residence = await engine().regionsOf(ids);
  const resides = (id: string) => regions.includes(residence.get(id) ?? "");
  const away = ids.filter((id) => !resides(id));
  if (away.length > 0) await requireGone(engine(), { ...of, revision: headRevision, among: away });
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
