import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type FeedAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Ends the connection after so many bytes of the body. */
  readonly cutAfter?: number;
};

/** What the calls of one key answer, by their path below the environment. */
export type Recording = ReadonlyMap<string, FeedAnswer>;

const kept = ["content-type", "etag"];

export async function record(url: string, secret: string): Promise<Recording> {
  const answers = await Promise.all(
    ["/head", "/bundle", "/keys"].map(async (path) => {
      const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${secret}` } });
      const headers = Object.fromEntries([...response.headers].filter(([name]) => kept.includes(name)));
      return [path, { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) }] as const;
    }),
  );
  return new Map(answers);
}

type Receipt = Readonly<Record<string, unknown>>;

export type Alter = (path: string, answer: FeedAnswer) => FeedAnswer;

/** Answers as it was recorded, altered as a test says; a tag that matches is answered 304, as the feed does. */
export async function serveRecording(first: Recording) {
  let recording = first;
  let alter: Alter = (_, answer) => answer;
  const asked: string[] = [];
  const receipts: Receipt[] = [];
  let onReceipt: () => void = () => undefined;
  const server = createServer(async (request, response) => {
    const path = (request.url ?? "").replace(/^\/feed\/v1\/production/, "");
    asked.push(path);
    if (request.method === "POST") {
      receipts.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
      onReceipt();
      return response.writeHead(202, { "content-type": "application/json" }).end('{"behind":0}');
    }
    const answer = alter(path, recording.get(path) ?? { status: 404, headers: {}, body: Buffer.from("{}") });
    const { status, headers, body, cutAfter } = answer;
    const { etag } = headers;
    if (status === 200 && etag !== undefined && request.headers["if-none-match"] === etag) {
      return response.writeHead(304, { etag }).end();
    }
    response.writeHead(status, { "content-length": body.length, ...headers });
    if (cutAfter === undefined) return response.end(body);
    response.write(body.subarray(0, cutAfter), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed/v1/production`,
    asked,
    /** So many receipts, once they have come since the last call. */
    async receipts(count: number): Promise<Receipt[]> {
      while (receipts.length < count) {
        await new Promise<void>((resolve) => {
          onReceipt = resolve;
        });
      }
      return receipts.splice(0);
    },
    serve(next: Recording, how: Alter = (_, answer) => answer) {
      recording = next;
      alter = how;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type AlteredFeed = Awaited<ReturnType<typeof serveRecording>>;

/** Changes what one call answers. */
export function altering(path: string, change: (answer: FeedAnswer) => FeedAnswer): Alter {
  return (asked, answer) => (asked === path ? change(answer) : answer);
}
