import { type Change, readChanges } from "./change";
import type { Clock } from "./clock";
import { createEventParser, type ServerSentEvent } from "./event-parser";
import type { Membership } from "./membership";
import { piecesOf } from "./read-body";
import type { Request } from "./request";
import { countOf, objectOf } from "./shape";
import { StewardError } from "./steward-error";

export type StreamDependencies = {
  readonly request: Request;
  readonly mostBytes: number;
  readonly clock: Clock;
  readonly closing: AbortSignal;
  readonly membership: Membership;
  /** Told of the first sign of life, and of each head. */
  readonly onOpen: () => void;
  readonly onHead: (head: string) => Promise<void>;
};

/** Three heartbeats. */
const silenceMilliseconds = 45_000;

/** Reads the stream until the feed ends it, from where the membership has come to. Throws where it breaks off. */
export async function readStream(dependencies: StreamDependencies): Promise<void> {
  const { request, mostBytes, membership, onOpen } = dependencies;
  const watch = watchSilence(dependencies);
  try {
    const place = membership.place();
    const answer = await request({
      path: "/stream",
      accept: "text/event-stream",
      signal: watch.signal,
      headers: place ? { "last-event-id": place.cursor } : {},
    });
    onOpen();
    const parse = createEventParser(mostBytes);
    const handle = eventHandler(dependencies);
    const decoder = new TextDecoder();
    for await (const piece of piecesOf(answer)) {
      watch.heard();
      for (const event of parse(decoder.decode(piece, { stream: true }))) await handle(event);
    }
  } catch (error) {
    if (error instanceof RangeError) throw new StewardError("oversized", error.message, { cause: error });
    throw error;
  } finally {
    watch.end();
  }
}

/** A large revision comes in several events: what membership is told of is whole. */
function eventHandler({ membership, onHead }: StreamDependencies): (event: ServerSentEvent) => Promise<void> {
  let waiting: Change[] = [];
  return async ({ name, id, data }) => {
    if (name === "head") {
      if (membership.place() === null) membership.restart(placeOfHead(data, id));
      await onHead(data);
    } else if (name === "changes") {
      const { revision, changes, complete } = readChanges(data);
      waiting.push(...changes);
      if (id === undefined || !complete) return;
      membership.apply(waiting, { revision, cursor: id });
      waiting = [];
    } else if (name === "resync") {
      membership.restart(null);
    }
  };
}

function placeOfHead(head: string, id: string | undefined) {
  try {
    const revision = countOf(objectOf(JSON.parse(head), "the head").revision, "revision");
    return { revision, cursor: id ?? String(revision) };
  } catch {
    return null;
  }
}

/** A connection on which nothing comes, not even a heartbeat, is no connection. */
function watchSilence({ clock, closing }: Pick<StreamDependencies, "clock" | "closing">) {
  const silent = new AbortController();
  let waiting = new AbortController();

  function heard(): void {
    waiting.abort();
    const current = new AbortController();
    waiting = current;
    void clock.wait(silenceMilliseconds, AbortSignal.any([current.signal, closing])).then(() => {
      if (!current.signal.aborted) silent.abort();
    });
  }

  heard();
  return { signal: silent.signal, heard, end: () => waiting.abort() };
}
