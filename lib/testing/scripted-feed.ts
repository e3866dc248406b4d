import type { Recording } from "./altered-feed";

/** An open stream, as the feed holds it. */
export type OpenStream = {
  readonly lastEventId: string | null;
  send(event: { readonly id?: string; readonly event: string; readonly data: object }): void;
  /** Anything at all. */
  write(text: string): void;
  end(): void;
};

type Scripted = (path: string) => Response | undefined;

/** Stands in for `fetch`: head, bundle and keys are as recorded, the rest as a test says; streams are held open. */
export function scriptFeed(first: Recording) {
  let recording = first;
  let answer: Scripted = () => undefined;
  const opened: OpenStream[] = [];
  let onOpen: () => void = () => undefined;
  const asked: string[] = [];

  function open(headers: Headers, signal: AbortSignal): Response {
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        signal.addEventListener("abort", () => controller.error(signal.reason));
        const write = (text: string) => controller.enqueue(encoder.encode(text));
        opened.push({
          lastEventId: headers.get("last-event-id"),
          write,
          send({ id, event, data }) {
            write(`${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
          },
          end: () => controller.close(),
        });
        onOpen();
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  }

  return {
    asked,
    async fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
      const path = String(input).replace(/^.*\/feed\/v1\/production/, "");
      asked.push(path);
      const scripted = answer(path);
      if (scripted) return scripted;
      if (path === "/stream") return open(new Headers(init.headers), init.signal ?? AbortSignal.abort());
      const { status, headers, body } = recording.get(path) ?? { status: 404, headers: {}, body: "" };
      return new Response(new Uint8Array(Buffer.from(body)), { status, headers: { ...headers } });
    },
    serve(next: Recording) {
      recording = next;
    },
    script(how: Scripted) {
      answer = how;
    },
    /** The next stream that is opened, or was since the last call. */
    async stream(): Promise<OpenStream> {
      for (;;) {
        const stream = opened.shift();
        if (stream) return stream;
        await new Promise<void>((resolve) => {
          onOpen = resolve;
        });
      }
    },
  };
}

export function problem(status: number, code: string): Response {
  return new Response(JSON.stringify({ code }), { status, headers: { "content-type": "application/problem+json" } });
}

export function json(value: object): Response {
  return new Response(JSON.stringify(value), { headers: { "content-type": "application/json" } });
}
