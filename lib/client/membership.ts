import { type Change, readChanges, readMembers } from "./change";
import type { Clock } from "./clock";
import type { Emitter } from "./emitter";
import { readBody } from "./read-body";
import type { Request } from "./request";
import { utf8 } from "./shape";
import { isLost, StewardError, stewardError } from "./steward-error";

/** How far the changes have been read: all through `revision`. `cursor` is what to go on with. */
export type Place = { readonly revision: number; readonly cursor: string };

export type Membership = {
  isMember(segment: string, customerId: string): Promise<boolean>;
  place(): Place | null;
  /** Whole revisions only: nobody sees half of one. */
  apply(changes: readonly Change[], place: Place): void;
  /** What comes next follows `place`, and not what was known: members known at an earlier revision are taken anew. */
  restart(place: Place | null): void;
  /** Asks for what changed, unless nobody asked for members yet. */
  poll(): Promise<void>;
};

type Members = { readonly revision: number; readonly ids: Set<string> };

export type MembershipDependencies = {
  readonly request: Request;
  readonly mostBytes: number;
  readonly clock: Clock;
  readonly closing: AbortSignal;
  readonly emit: Emitter["emit"];
};

/** How often one page is asked for that the feed says to come back for. */
const attempts = 5;

export function createMembership({ request, mostBytes, clock, closing, emit }: MembershipDependencies): Membership {
  const known = new Map<string, Members>();
  let place: Place | null = null;
  let last: Promise<unknown> = Promise.resolve();

  /** Loads and changes take turns, so that a load begins and ends at one place. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = last.catch(() => undefined).then(work);
    last = turn;
    return turn;
  }

  async function ask(path: string, attempt = 1): Promise<string> {
    try {
      const answer = await request({ path, accept: "application/json" });
      return utf8(await readBody(answer, mostBytes));
    } catch (thrown) {
      const { feedCode, retryAfterSeconds } = stewardError(thrown);
      // Another replica may not have come so far yet.
      const seconds = retryAfterSeconds ?? (feedCode === "future-revision" ? 1 : undefined);
      if (seconds === undefined || attempt === attempts || closing.aborted) throw thrown;
      await clock.wait(seconds * 1_000, closing);
      return ask(path, attempt + 1);
    }
  }

  async function load(segment: string): Promise<Members> {
    const path = `/segments/${encodeURIComponent(segment)}/members`;
    const ids = new Set<string>();
    let query = place === null ? "" : `?revision=${place.revision}`;
    for (;;) {
      const { revision, members, next } = readMembers(await ask(`${path}${query}`));
      for (const id of members) ids.add(id);
      query = `?cursor=${encodeURIComponent(next ?? "")}`;
      if (next !== null) continue;
      place ??= { revision, cursor: String(revision) };
      return { revision, ids };
    }
  }

  async function require(segment: string): Promise<Members> {
    const found = known.get(segment);
    if (found) return found;
    const members = await load(segment).catch((error: unknown) => {
      throw namingSegment(error, segment);
    });
    known.set(segment, members);
    return members;
  }

  /** What the snapshot of a segment held already is told again. */
  function take(change: Change, moved: Set<string>): void {
    const segments = change.kind === "all" ? [...known.keys()] : [change.segment];
    for (const segment of segments) {
      const members = known.get(segment);
      if (members === undefined || change.revision <= members.revision) continue;
      moved.add(segment);
      if (change.kind !== "member") known.delete(segment);
      else if (change.entered) members.ids.add(change.id);
      else members.ids.delete(change.id);
    }
  }

  async function pollOnce(): Promise<void> {
    if (known.size === 0 || place === null) return;
    const changes: Change[] = [];
    for (let cursor = place.cursor; ; ) {
      const page = readChanges(await ask(`/changes?after=${encodeURIComponent(cursor)}`));
      changes.push(...page.changes);
      cursor = page.next ?? cursor;
      if (page.complete) return apply(changes, { revision: page.revision, cursor });
    }
  }

  function apply(changes: readonly Change[], at: Place): void {
    const moved = new Set<string>();
    for (const change of changes) take(change, moved);
    place = at;
    if (moved.size > 0) emit("members", { revision: at.revision, segments: [...moved].sort() });
  }

  function restart(at: Place | null): void {
    for (const [segment, { revision }] of known) if (at === null || revision < at.revision) known.delete(segment);
    place = at;
  }

  return {
    place: () => place,
    async isMember(segment, customerId) {
      const members = known.get(segment) ?? (await inTurn(() => require(segment)));
      return members.ids.has(customerId);
    },
    apply: (changes, at) => void inTurn(async () => apply(changes, at)),
    restart: (at) => void inTurn(async () => restart(at)),
    poll: () =>
      inTurn(async () => {
        try {
          await pollOnce();
        } catch (thrown) {
          if (!isLost(stewardError(thrown))) throw thrown;
          restart(null);
        }
      }),
  };
}

function namingSegment(error: unknown, segment: string): unknown {
  const { feedCode } = stewardError(error);
  if (feedCode !== "not-found") return error;
  return new StewardError("unknown-segment", `The feed has no segment "${segment}" for this key.`, { feedCode });
}
