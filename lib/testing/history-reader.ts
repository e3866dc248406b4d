import { type ChangePlace, type ChangeReader, wholeRevision } from "../feed/change-place";
import { isInScope, type Scope, scopeName } from "../feed/scope";
import { FeedRefusal } from "../feed/server/door/problems";
import { readMembers } from "../feed/server/members/members";
import { NotFollowedYet } from "../feed/server/members/once-followed";
import { readChanges, type ToldScope } from "../feed/server/members/read-changes";
import type { FeedChange } from "../feed/wire";
import type { History } from "./history-world";

type Held = {
  readonly version: number;
  readonly hash: string;
  readonly at: number;
  readonly members: ReadonlySet<string>;
};
/** What a consumer holds of each segment; `at` is the revision of the members' snapshot. */
export type Holding = ReadonlyMap<string, Held>;
/** Where a consumer has come to, and what they hold there. */
export type Standing = { readonly place: ChangePlace; readonly holding: Holding };

export function readerOf(environment: string, given: Omit<Scope, "environment">): ChangeReader {
  const scope = { environment, ...given };
  return { scope, scopeName: scopeName(scope), withMembers: true, for: "history" };
}

function toldIn(history: History, { scope }: ChangeReader): ToldScope {
  const { headRevision, revision, live } = history.served();
  const segments = new Map([...live].filter(([, artefact]) => isInScope(artefact, scope)));
  return { environment: history.environment, headRevision, revision, segments };
}

/** Null while the log has not followed somebody who moved. */
async function unlessBehind<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotFollowedYet) return null;
    throw error;
  }
}

/** The scope's segments and their members, taken whole at the newest revision; null where that has to wait. */
export function takeSnapshot(history: History, reader: ChangeReader): Promise<Standing | null> {
  const { headRevision: revision } = history.served();
  return unlessBehind(async () => {
    const holding = new Map<string, Held>();
    for (const [key, { version, contentHash: hash }] of history.served().live)
      if (toldIn(history, reader).segments.has(key))
        holding.set(key, { version, hash, at: revision, members: await membersOf(history, reader, key) });
    return { place: { revision }, holding };
  });
}

/** Nobody, of a segment that the scope is not told of any more. */
async function membersOf(history: History, reader: ChangeReader, segment: string): Promise<ReadonlySet<string>> {
  const view = toldIn(history, reader);
  if (!view.segments.has(segment)) return new Set();
  const of = { segment, revision: view.headRevision, after: undefined };
  const { database, engine } = history;
  const { members } = await readMembers({ db: database.db, engine: () => engine }, reader, view, of);
  return new Set(members);
}

/** What a consumer holds after one more page of changes; "gone" where they have to begin anew. */
export async function readPage(
  history: History,
  reader: ChangeReader,
  { place, holding }: Standing,
  limit: number,
): Promise<{ readonly standing: Standing; readonly isComplete: boolean } | "gone" | null> {
  const { database, engine } = history;
  try {
    return await unlessBehind(async () => {
      const view = toldIn(history, reader);
      const page = await readChanges({ db: database.db, engine: () => engine }, reader, view, { after: place, limit });
      const held = new Map(holding);
      for (const change of page.changes) await apply(history, reader, held, change);
      return { standing: { place: page.next, holding: held }, isComplete: page.complete };
    });
  } catch (error) {
    if (!(error instanceof FeedRefusal && error.code === "revision-gone")) throw error;
    const floor = await engine.floor(history.environment);
    if (wholeRevision(place) >= floor) throw error;
    return "gone";
  }
}

async function apply(
  history: History,
  reader: ChangeReader,
  held: Map<string, Held>,
  change: FeedChange,
): Promise<void> {
  const { headRevision } = history.served();
  if (change.kind === "erasure") {
    for (const [key, of] of held)
      held.set(key, { ...of, at: headRevision, members: await membersOf(history, reader, key) });
    return;
  }
  const { segment, revision } = change;
  const known = held.get(segment) ?? { version: 0, hash: "", at: 0, members: new Set<string>() };
  if (change.kind === "member") {
    if (revision <= known.at) return;
    const members = new Set(known.members);
    if (change.change === "entered") members.add(change.id);
    else members.delete(change.id);
    held.set(segment, { ...known, members });
  } else if (change.change === "withdrawn") held.delete(segment);
  else {
    const { version, hash } = change;
    const isAnew = change.whole && revision > known.at;
    const anew = isAnew ? { at: headRevision, members: await membersOf(history, reader, segment) } : {};
    held.set(segment, { ...known, version, hash, ...anew });
  }
}

/** The same bytes for the same holding. */
export function canonical(holding: Holding): string {
  const segments = [...holding].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(segments.map(([key, { version, hash, members }]) => [key, version, hash, [...members].sort()]));
}
