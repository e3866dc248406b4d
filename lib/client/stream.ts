import { type Change, readChanges } from "./change";
import type { Clock } from "./clock";
import { createEventParser, type ServerSentEvent } from "./event-parser";
import type { Membership, Place } from "./membership";
import { piecesOf } from "./read-body";
import type { Request } from "./request";
import { objectOf } from "./shape";
import { claimedNumber } from "./signed-head";
import { StewardError } from "./steward-error";

export type StreamDependencies = {
  readonly request: Request;
  readonly mostBytes: number;
  readonly clock: Clock;
  readonly membership: Membership;
  /** Told of the first sign of life, and of each head. */
  readonly onOpen: () => void;
  readonly onHead: (head: string) => void;
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
      until: watch.signal,
      headers: place ? { "last-event-id": place.cursor } : {},
    });
    onOpen();
    const parse = createEventParser(mostBytes);
    const handle = eventHandler(dependencies);
    const decoder = new TextDecoder();
    for await (const piece of piecesOf(answer)) {
      watch.heard();
      for (const event of parse(decoder.decode(piece, { stream: true }))) handle(event);
    }
  } catch (error) {
    if (watch.signal.aborted) throw new StewardError("unreachable", "The stream was silent.", { cause: error });
    if (error instanceof RangeError) throw new StewardError("oversized", error.message, { cause: error });
    throw error;
  } finally {
    watch.end();
  }
}

/** A large revision comes in several events: what membership is told of is whole. */
function eventHandler({ membership, onHead }: StreamDependencies): (event: ServerSentEvent) => void {
  let waiting: Change[] = [];

  function settle(place: Place): void {
    if (membership.place() === null) membership.restart(place);
    else membership.apply(waiting, place);
    waiting = [];
  }

  return ({ name, id, data }) => {
    if (name === "head") {
      const revision = claimedNumber(data, "revision");
      // Without a cursor it is ahead of the changes, which are still to come.
      if (id !== undefined && revision !== null) settle({ revision, cursor: id });
      onHead(data);
    } else if (name === "changes") {
      const { revision, changes, complete } = readChanges(data);
      waiting.push(...changes);
      if (id !== undefined && complete) settle({ revision, cursor: id });
    } else if (name === "resync" && isAnew(data)) {
      membership.restart(null);
    }
  };
}

/** Where it names a snapshot, the cursor leads nowhere any more. */
function isAnew(resync: string): boolean {
  return objectOf(JSON.parse(resync), "resync").snapshot !== undefined;
}

/** A connection on which nothing comes, not even a heartbeat, is no connection. */
function watchSilence({ clock }: Pick<StreamDependencies, "clock">) {
  const [silent, ended] = [new AbortController(), new AbortController()];
  let isHeard = false;

  async function watch(): Promise<void> {
    for (;;) {
      isHeard = false;
      await clock.wait(silenceMilliseconds, ended.signal);
      if (ended.signal.aborted) return;
      if (!isHeard) return silent.abort();
    }
  }

  void watch();
  return {
    signal: silent.signal,
    heard() {
      isHeard = true;
    },
    end() {
      ended.abort();
      silent.abort();
    },
  };
}
