import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

export type StreamEvent = { readonly id: string | undefined; readonly event: string; readonly data: string };

export type OpenStream = {
  readonly status: number;
  /** Of one that was refused. */
  readonly body: () => Promise<string>;
  /** In the order in which they came, until the stream ends. Who asks for none takes nothing from the connection. */
  readonly events: AsyncGenerator<StreamEvent, void>;
  /** The id of the last event that came. */
  lastId(): string | undefined;
  close(): void;
};

/** A stream of the feed, read as the HTML standard has it; with `dropAfter` the connection goes after so many characters. */
export function openStream(
  url: string,
  secret: string,
  headers: Record<string, string> = {},
  dropAfter = Number.POSITIVE_INFINITY,
): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { authorization: `Bearer ${secret}`, ...headers }, agent: false });
    asked.on("error", reject);
    asked.on("response", (response) => {
      let last: string | undefined;
      // A connection that is dropped is an end like any other.
      response.on("error", () => undefined);
      asked.off("error", reject).on("error", () => undefined);
      resolve({
        status: response.statusCode ?? 0,
        body: () => text(response),
        events: eventsOf(response, dropAfter, (id) => {
          last = id;
        }),
        lastId: () => last,
        close: () => asked.destroy(),
      });
    });
    asked.end();
  });
}

async function* eventsOf(
  response: IncomingMessage,
  dropAfter: number,
  heard: (id: string) => void,
): AsyncGenerator<StreamEvent, void> {
  for await (const block of blocksOf(response, dropAfter)) {
    const event = eventIn(block);
    if (event === null) continue;
    if (event.id !== undefined) heard(event.id);
    yield event;
  }
}

async function* blocksOf(response: IncomingMessage, dropAfter: number): AsyncGenerator<string, void> {
  let rest = "";
  let taken = 0;
  try {
    for await (const part of response.setEncoding("utf8")) {
      taken += part.length;
      if (taken > dropAfter) return void response.destroy();
      const blocks = `${rest}${part}`.split("\n\n");
      rest = blocks.pop() ?? "";
      yield* blocks;
    }
  } catch {
    // Dropped in the middle: what came whole has been told.
  }
}

/** Null for a comment, or for what is no event. */
export function eventIn(block: string): StreamEvent | null {
  const fields = new Map(
    block.split("\n").map((line) => [line.split(": ", 1)[0] ?? "", line.slice(line.indexOf(": ") + 2)]),
  );
  const event = fields.get("event");
  return event === undefined ? null : { id: fields.get("id"), event, data: fields.get("data") ?? "" };
}
