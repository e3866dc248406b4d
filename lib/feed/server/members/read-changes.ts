import type { Engine } from "../../../engine/engine";
import type { MembershipChange } from "../../../engine/membership-records";
import type { Database } from "../../../server/database";
import { type ChangePlace, type ChangeReader, wholeRevision } from "../../change-place";
import type { FeedChange } from "../../wire";
import { requireKept } from "./logged-revision";
import { requireGone } from "./once-followed";
import { boundReleases, readHistory, releaseChanges, wasTold } from "./segment-history";

type ChangeSources = {
  readonly db: Database;
  readonly engine: () => Pick<Engine, "changesBetween" | "membersAt" | "regionsOf" | "floor">;
};

/** What the scope is served at `headRevision`; `revision` is that of the newest release or erasure. */
export type ToldScope = {
  readonly environment: string;
  readonly headRevision: number;
  readonly revision: number;
  readonly segments: { has(key: string): boolean };
};

export type ChangesPage = {
  readonly changes: FeedChange[];
  readonly next: ChangePlace;
  /** Whether it reaches through `upTo`. */
  readonly complete: boolean;
};

export type AskedChanges = {
  readonly after: ChangePlace;
  /** The head unless told. */
  readonly upTo?: number;
  readonly limit: number;
};

/** What a reader is told of the revisions behind a place, in their order: of `limit` moves and releases at most. */
export async function readChanges(
  sources: ChangeSources,
  reader: ChangeReader,
  view: ToldScope,
  { after, upTo = view.headRevision, limit }: AskedChanges,
): Promise<ChangesPage> {
  const { db } = sources;
  const { environment } = view;
  const isReleased = view.revision > after.revision;
  const from = { environment, after: after.revision };
  // There are no more releases than revisions.
  const isBounded = isReleased && upTo - after.revision > limit;
  const bound = isBounded ? await boundReleases(db, { ...from, upTo, limit }) : upTo;
  const found = reader.withMembers ? await readMoves(sources, reader, { environment, after, upTo: bound, limit }) : [];
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  const revision = last?.revision ?? bound;
  const next: ChangePlace = last
    ? { revision, behind: { segment: last.segment, customerId: last.customerId } }
    : { revision };
  const complete = !last && bound === upTo;

  const seen = rows.filter(({ segment }) => view.segments.has(segment));
  if (!isReleased) {
    const members = await namedMoves(sources, reader, view, after, seen);
    return { changes: members.map(memberChange), next, complete };
  }
  const [history, erasures] = await Promise.all([
    readHistory(db, { ...from, upTo: revision, segments: segmentsOf(seen) }),
    readErasures(db, { ...from, upTo: revision }),
  ]);
  const told = seen.filter((row) => wasTold(history, reader.scope, row.segment, row.revision));
  const members = await namedMoves(sources, reader, view, after, told);
  const changes = [
    ...releaseChanges(history, reader.scope, after.revision),
    ...erasures,
    ...members.map(memberChange),
  ].sort(inOrder);
  return { changes, next, complete };
}

type Between = { readonly environment: string; readonly after: ChangePlace; readonly upTo: number };

async function readMoves(
  { engine }: ChangeSources,
  reader: ChangeReader,
  { environment, after, upTo, limit }: Between & { readonly limit: number },
): Promise<MembershipChange[]> {
  const { revision, behind } = after;
  const of = {
    ...{ environment, upTo, regions: reader.scope.regions, after: wholeRevision(after), limit: limit + 1 },
    ...(behind && { behind: { revision, ...behind } }),
  };
  const rows: MembershipChange[] = [];
  for await (const page of engine().changesBetween(of, { for: reader.for })) rows.push(...page);
  // Only now: what was forgotten meanwhile may be missing from the rows.
  await requireKept(engine(), environment, wholeRevision(after));
  return rows;
}

/**
 * Who resides elsewhere by now is not named as entering. They are named as leaving where they were members when this
 * reading began: whoever was told of them has to let them go.
 */
async function namedMoves(
  { engine }: ChangeSources,
  { scope: { regions } }: ChangeReader,
  { environment, headRevision }: ToldScope,
  after: ChangePlace,
  rows: readonly MembershipChange[],
): Promise<readonly MembershipChange[]> {
  if (rows.length === 0) return rows;
  const residence = await engine().regionsOf([...new Set(rows.map(({ customerId }) => customerId))]);
  const away = rows.filter(({ customerId }) => !regions.includes(residence.get(customerId) ?? ""));
  if (away.length === 0) return rows;
  const held = new Set<string>();
  for (const segment of segmentsOf(away)) {
    const ofSegment = away.filter((row) => row.segment === segment);
    const of = { environment, segment, regions };
    const entering = idsOf(ofSegment.filter(({ change }) => change === "entered"));
    if (entering.length > 0) await requireGone(engine(), { ...of, revision: headRevision, among: entering });
    const leaving = ofSegment.filter(({ change }) => change === "left");
    for (const [revision, some] of Map.groupBy(leaving, (row) => beganAt(after, row)))
      for await (const page of engine().membersAt({ ...of, revision, among: idsOf(some) }))
        for (const id of page) held.add(nameOf({ segment, customerId: id }));
  }
  const isAway = new Set(away);
  return rows.filter((row) => !isAway.has(row) || (row.change === "left" && held.has(nameOf(row))));
}

/** The revision whose members a reader holds at a place, of one segment and customer. */
function beganAt(place: ChangePlace, { segment, customerId }: MembershipChange): number {
  const { revision, behind } = place;
  if (behind === undefined) return revision;
  const order = byCodePoint(segment, behind.segment) || byCodePoint(customerId, behind.customerId);
  return order <= 0 ? revision : revision - 1;
}

/** As the engines order texts; JavaScript compares halves of code points. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function idsOf(rows: readonly MembershipChange[]): string[] {
  return [...new Set(rows.map(({ customerId }) => customerId))];
}

function segmentsOf(rows: readonly MembershipChange[]): string[] {
  return [...new Set(rows.map(({ segment }) => segment))];
}

function nameOf({ segment, customerId }: Pick<MembershipChange, "segment" | "customerId">): string {
  return JSON.stringify([segment, customerId]);
}

function memberChange({ revision, segment, customerId: id, change, cause }: MembershipChange): FeedChange {
  return { kind: "member", revision, segment, id, change, cause };
}

async function readErasures(
  db: Database,
  { environment, after, upTo }: { readonly environment: string; readonly after: number; readonly upTo: number },
): Promise<FeedChange[]> {
  const rows = await db.revision.findMany({
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
