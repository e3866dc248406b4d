import { z } from "zod";
import { bundleFormats } from "../feed/wire";

/** What the feed's addresses can name. */
export type FeedPlaces = {
  readonly environment: string;
  readonly segments: readonly string[];
  readonly customers: readonly string[];
  /** Of the environment, that the membership log knows. */
  readonly revisions: readonly number[];
};

export type FeedCall = {
  readonly address: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent by POST. */
  readonly body?: string;
};

const inFormats = (address: string) =>
  [...bundleFormats, "nothing"].map((format) => `${address}?format=${format}`).concat(address);

/** Each call as openapi.json names it, with all that it can be asked for. */
const cases: Readonly<Record<string, (places: FeedPlaces) => readonly (string | FeedCall)[]>> = {
  "get /head": ({ revisions }) => ["/head", ...revisions.map((revision) => `/head?after=${revision}&wait=0`)],
  "get /keys": () => ["/keys"],
  "get /bundle": () => inFormats("/bundle"),
  "get /revisions/{revision}/bundle": ({ revisions }) =>
    revisions.flatMap((revision) => inFormats(`/revisions/${revision}/bundle`)),
  "get /segments": () => ["/segments"],
  "get /segments/{key}": ({ segments }) => segments.map((key) => `/segments/${key}`),
  "get /segments/{key}/members": ({ segments, revisions }) =>
    segments.flatMap((key) => {
      const address = `/segments/${key}/members`;
      const lines = { address, headers: { accept: "application/x-ndjson" } };
      return [address, lines, ...revisions.map((revision) => `${address}?revision=${revision}`)];
    }),
  "get /changes": ({ revisions }) => ["/changes", ...revisions.map((revision) => `/changes?after=${revision}`)],
  "get /stream": ({ revisions }) => ["/stream", ...revisions.map((revision) => `/stream?after=${revision}`)],
  "get /customers/{id}": ({ customers }) => customers.map((id) => `/customers/${id}`),
  "post /receipts": ({ revisions: [revision = 0] }) =>
    [{ state: "activated", revision }, { state: "refused", revision, reason: "Cannot be read." }, {}].map(
      (receipt) => ({
        address: "/receipts",
        body: JSON.stringify(receipt),
      }),
    ),
};

const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.unknown()) }))),
});

/**
 * Every call that the feed at `url` says there is. Throws for one of which nobody said here what to ask it: a call that
 * is new is tried from its first day.
 */
export async function everyFeedCall(url: string, places: FeedPlaces): Promise<FeedCall[]> {
  const { environment } = places;
  const described = await fetch(`${url}/${environment}/openapi.json`);
  const { paths } = documentSchema.parse(await described.json());
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).flatMap((method) => {
      const name = `${method} ${path.split("{environment}").at(-1)}`;
      const asked = cases[name];
      if (!asked) throw new Error(`Nobody said what to ask of ${name}.`);
      return asked(places).map((each) => {
        const { address, ...more } = typeof each === "string" ? { address: each } : each;
        return { ...more, address: `${environment}${address}` };
      });
    }),
  );
}

/** What a call answers; of a stream, all until it has caught up with the head. */
export async function callFeed(url: string, { address, headers, body }: FeedCall, secret: string): Promise<FeedAnswer> {
  const response = await fetch(`${url}/${address}`, {
    headers: { authorization: `Bearer ${secret}`, ...headers },
    ...(body === undefined ? {} : { method: "POST", body }),
  });
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  const text = isStream ? await readToHead(response) : await response.text();
  return { address, status: response.status, text: `${JSON.stringify([...response.headers])}\n${text}` };
}

export type FeedAnswer = { readonly address: string; readonly status: number; readonly text: string };

async function readToHead({ body }: Response): Promise<string> {
  let text = "";
  for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece;
    if (/^id: .+\nevent: head\n.*\n\n/m.test(text)) return text;
  }
  throw new Error(`The stream ended before its head: ${text}`);
}
