import { setTimeout as wait } from "node:timers/promises";
import { log } from "../../../server/log";
import { type ChangePlace, type ChangeReader, wholeRevision } from "../../change-place";
import { changesFrame, headFrame, resyncFrame } from "../../stream-frames";
import { FeedRefusal } from "../door/problems";
import { cursorOf } from "../members/changes";
import type { AskedChanges, ChangesPage } from "../members/read-changes";
import type { ScopeView } from "../views/scope-view";
import { recentSteps, type Step } from "./recent-steps";
import type { StreamClient } from "./stream-client";

export type HubSources = {
  /** The scope's view as it is now. */
  readonly view: () => ScopeView;
  readonly read: (view: ScopeView, asked: AskedChanges) => Promise<ChangesPage>;
};

/** Reads what is new of one scope once and sends the same bytes to all who follow it. */
export type Hub = {
  /** Who holds nothing yet begins at the newest place; others are told what they lack first, as fast as they take it. */
  admit(client: StreamClient, from: ChangePlace | undefined): void;
  remove(client: StreamClient): void;
  isEmpty(): boolean;
  /** The views may have moved. */
  follow(): void;
  /** Every second: what could not be read is tried again. */
  tick(): void;
  /** Reads nothing more, and settles when nothing is being read. */
  close(): Promise<void>;
};

const changesOfEvent = 1_000;
const patienceMs = 250;
/** Fewer are usual: the membership log follows what comes in a moment later. */
const failuresToTell = 5;

export function createHub(reader: ChangeReader, { view, read }: HubSources): Hub {
  const following = new Set<StreamClient>();
  const catchingUp = new Set<StreamClient>();
  const recent = recentSteps();
  const reading = new Map<string, Promise<Step>>();
  let at: ChangePlace = { revision: view().headRevision };
  let cursor = cursorOf(at, reader);
  let head = view().head;
  let moved = Promise.withResolvers<void>();
  let advancing: Promise<void> = Promise.resolve();
  let isAdvancing = false;
  let isClosed = false;
  let failures = 0;

  const headNow = (place?: string) => headFrame(head.body("identity").bytes, place);

  function wake(): void {
    const { resolve } = moved;
    moved = Promise.withResolvers();
    resolve();
  }

  function follow(): void {
    wake();
    if (isAdvancing || isClosed) return;
    isAdvancing = true;
    advancing = advance().finally(() => {
      isAdvancing = false;
      if (view().head !== head || (failures === 0 && wholeRevision(at) < view().headRevision)) follow();
    });
  }

  /** The head goes out also while the customers' data does not answer: a kill switch waits for nothing. */
  async function advance(): Promise<void> {
    const now = view();
    try {
      while (wholeRevision(at) < now.headRevision && !isClosed) {
        take(await stepFrom(at, cursor, { view: now, upTo: now.headRevision }));
        if (wholeRevision(at) < now.headRevision) await takenBy(following);
      }
      failures = 0;
    } catch (error) {
      fail(error);
    }
    if (now.head === head) return;
    head = now.head;
    send(following, headNow(cursor));
    send(catchingUp, headNow());
  }

  function fail(error: unknown): void {
    if (isGone(error)) {
      for (const client of [...following, ...catchingUp]) client.end(resyncFrame(error));
      at = { revision: view().headRevision };
      cursor = cursorOf(at, reader);
      return;
    }
    failures += 1;
    if (failures === failuresToTell) log.warn({ err: error }, "streams of the feed wait for the customers' data");
  }

  async function stepFrom(
    place: ChangePlace,
    from: string,
    { view, upTo }: { readonly view: ScopeView; readonly upTo: number },
  ): Promise<Step> {
    const { changes, next } = await read(view, { after: place, upTo, limit: changesOfEvent });
    if (changes.some(({ kind }) => kind === "erasure")) recent.clear();
    const to = cursorOf(next, reader);
    const told = { revision: next.revision, changes, complete: next.behind === undefined };
    const frame = changes.length > 0 ? changesFrame(to, told) : null;
    return { from, to, place: next, frame };
  }

  function take(step: Step): void {
    recent.add(step);
    [at, cursor] = [step.place, step.to];
    if (step.frame) send(following, step.frame);
    wake();
  }

  async function catchUp(client: StreamClient, from: ChangePlace): Promise<void> {
    let [place, own] = [from, cursorOf(from, reader)];
    while (own !== cursor && !client.isClosed()) {
      const waiting = moved.promise;
      const step = recent.behind(own) ?? (await readBehind(place, own, client));
      if (!step) {
        await waiting;
        continue;
      }
      if (step.frame) client.write(step.frame);
      [place, own] = [step.place, step.to];
      await client.drained();
    }
    // In the same turn as the last look at the cursor: nothing can be sent in between.
    if (catchingUp.delete(client)) join(client);
  }

  /** Readers who come back to the same place read once. Null for one who has to wait. */
  async function readBehind(place: ChangePlace, own: string, client: StreamClient): Promise<Step | null> {
    const whole = wholeRevision(at);
    if (isClosed || place.revision > whole || (place.revision === whole && !place.behind)) return null;
    const asked = reading.get(own) ?? stepFrom(place, own, { view: view(), upTo: whole });
    reading.set(own, asked);
    try {
      return await asked;
    } catch (error) {
      if (isGone(error)) client.end(resyncFrame(error));
      return null;
    } finally {
      reading.delete(own);
    }
  }

  function join(client: StreamClient): void {
    if (client.isClosed()) return;
    following.add(client);
    client.write(headNow(cursor));
  }

  return {
    admit(client, from) {
      if (!from || cursorOf(from, reader) === cursor) return join(client);
      catchingUp.add(client);
      client.write(headNow());
      void catchUp(client, from);
    },
    remove(client) {
      following.delete(client);
      catchingUp.delete(client);
    },
    isEmpty: () => following.size + catchingUp.size === 0,
    follow,
    tick() {
      recent.age();
      follow();
    },
    async close() {
      isClosed = true;
      wake();
      await Promise.allSettled([advancing, ...reading.values()]);
    },
  };
}

function send(clients: Iterable<StreamClient>, frame: Buffer): void {
  for (const client of clients) client.write(frame);
}

/** Who takes what comes has a moment for it between two frames; who does not holds nobody up for longer. */
async function takenBy(clients: Iterable<StreamClient>): Promise<void> {
  const settled = new AbortController();
  const all = Promise.all(Array.from(clients, (client) => client.drained()));
  const patience = wait(patienceMs, undefined, { signal: settled.signal }).catch(() => undefined);
  await Promise.race([all, patience]);
  settled.abort();
}

function isGone(error: unknown): error is FeedRefusal {
  return error instanceof FeedRefusal && error.code === "revision-gone";
}
