import type { ServerResponse } from "node:http";
import { aboutChanges, type ChangeReader, wholeRevision } from "../../change-place";
import { resyncFrame, retryFrame } from "../../stream-frames";
import type { FeedKey } from "../door/keyring";
import { FeedRefusal } from "../door/problems";
import type { Feed } from "../feed";
import { placeIn } from "../members/changes";
import { requireCome, requireKept, snapshotOf } from "../members/logged-revision";
import { readChanges } from "../members/read-changes";
import type { ScopeView } from "../views/scope-view";
import { createStreamClient, type StreamClient } from "./stream-client";
import { createHub, type Hub } from "./stream-hub";

export type StreamLimits = {
  /** Open streams of the process. */
  readonly streams: number;
  readonly streamsOfKey: number;
};

export type AskedStream = {
  readonly key: FeedKey;
  readonly view: ScopeView;
  /** A cursor or a revision; without one it begins at the newest. */
  readonly after: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly response: ServerResponse;
};

export type Streams = {
  /** Refuses before anything is written, or begins. */
  open(asked: AskedStream): Promise<void>;
  count(): number;
  /** Ends them all, and settles when nothing is read for them any more. */
  close(): Promise<void>;
};

type Opened = { readonly client: StreamClient; readonly hub: Hub };
type OfKey = { readonly key: FeedKey; readonly opened: Set<Opened> };

const tickMs = 1_000;
const ticksOfBeat = 15;
/** The engines take turns by name: all streams together never keep calls for members waiting. */
const turnOfStreams = "streams";

/** Every open stream of the process: one timer, one reading of the membership log for each scope. */
export function createStreams(feed: Omit<Feed, "streams" | "close">, limits: StreamLimits): Streams {
  const hubs = new Map<string, Hub>();
  const keys = new Map<string, OfKey>();
  const beats = Array.from({ length: ticksOfBeat }, () => new Set<StreamClient>());
  let ended = new Set<StreamClient>();
  let ticks = 0;
  let count = 0;

  function requireRoom(key: FeedKey): void {
    if (count >= limits.streams) throw new FeedRefusal("too-many-streams", 5);
    const ofKey = keys.get(key.id)?.opened.size ?? 0;
    if (ofKey >= limits.streamsOfKey) throw new FeedRefusal("too-many-requests", 5);
  }

  function hubFor(reader: ChangeReader, view: ScopeView): Hub {
    const name = aboutChanges(reader);
    const known = hubs.get(name);
    if (known) return known;
    const hub = createHub(reader, {
      view: () => feed.views.peek(reader.scopeName) ?? view,
      read: (now, asked) => readChanges(feed, reader, now, asked),
    });
    hubs.set(name, hub);
    return hub;
  }

  async function startOf(reader: ChangeReader, view: ScopeView, after: string | undefined) {
    if (after === undefined) return undefined;
    const place = placeIn(after, reader);
    await requireCome(feed, view, place.revision);
    if (!reader.withMembers) return place;
    await requireKept(feed.engine(), view.environment, wholeRevision(place)).catch((error: unknown) => {
      // While the customers' data does not answer, the heads are told nevertheless.
      if (error instanceof FeedRefusal) throw error;
    });
    return place;
  }

  async function open({ key, view, after, headers, response }: AskedStream): Promise<void> {
    requireRoom(key);
    const { scope, scopeName } = key;
    const reader = { scope, scopeName, withMembers: key.rights.has("members"), for: turnOfStreams };
    const place = await startOf(reader, view, after);
    requireRoom(key);
    if (response.destroyed) return;
    response.writeHead(200, { ...headers, "content-type": "text/event-stream", "x-accel-buffering": "no" });
    response.write(retryFrame);
    const hub = hubFor(reader, view);
    const client = createStreamClient(response, () => {
      hub.remove(client);
      ended.add(client);
    });
    response.once("close", register(key, { client, hub }));
    hub.admit(client, place);
  }

  /** Gives what strikes it off again. */
  function register(key: FeedKey, opened: Opened): () => void {
    const ofKey = keys.get(key.id) ?? { key, opened: new Set() };
    const beating = beats[count % ticksOfBeat];
    keys.set(key.id, ofKey);
    ofKey.opened.add(opened);
    beating?.add(opened.client);
    count += 1;
    return () => {
      const { client, hub } = opened;
      count -= 1;
      beating?.delete(client);
      ended.delete(client);
      ofKey.opened.delete(opened);
      if (ofKey.opened.size === 0 && keys.get(key.id) === ofKey) keys.delete(key.id);
      hub.remove(client);
      if (!hub.isEmpty()) return;
      for (const [name, each] of hubs) if (each === hub) hubs.delete(name);
    };
  }

  /** Ends the streams of a key that is gone, or that may be told something else by now. */
  function holdToKeys(): void {
    for (const [id, { key, opened }] of keys) {
      const now = feed.keyring.current(id);
      if (now?.scopeName === key.scopeName) continue;
      const why = { code: "foreign-cursor", snapshot: snapshotOf(key.environment) };
      for (const { client } of opened) client.end(now ? resyncFrame(why) : undefined);
    }
  }

  function notePulls(): void {
    for (const [id, { key }] of keys) {
      const view = feed.views.peek(key.scopeName);
      if (view) feed.pulls.note(id, key.rights.has("members") ? view.headRevision : view.revision);
    }
  }

  function tick(): void {
    ticks += 1;
    for (const client of ended) client.destroy();
    ended = new Set();
    holdToKeys();
    for (const client of beats[ticks % ticksOfBeat] ?? []) client.beat();
    for (const hub of hubs.values()) hub.tick();
    if (ticks % ticksOfBeat === 0) notePulls();
  }

  const timer = setInterval(tick, tickMs);
  timer.unref();
  const forgetKeys = feed.keyring.onChange(holdToKeys);
  const forgetViews = feed.views.onChange(() => {
    for (const hub of hubs.values()) hub.follow();
    notePulls();
  });

  return {
    open,
    count: () => count,
    async close() {
      clearInterval(timer);
      forgetKeys();
      forgetViews();
      const open = [...hubs.values()];
      for (const { opened } of keys.values()) for (const { client } of opened) client.end();
      await Promise.all(open.map((hub) => hub.close()));
    },
  };
}
