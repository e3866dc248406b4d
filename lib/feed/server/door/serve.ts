import type { IncomingMessage, ServerResponse } from "node:http";
import type { RateLimiterRes } from "rate-limiter-flexible";
import { noteRequest } from "../../../server/request-note";
import { matchesEtag } from "../../negotiation";
import type { BundleFormat } from "../../wire";
import type { Feed } from "../feed";
import { encodingFor, type PreparedBody, type Representation } from "../views/representation";
import { asOfHeader } from "./as-of";
import type { FeedKey } from "./keyring";
import { sendProblem, tooManyRequests } from "./problems";
import { nextRequestId } from "./request-id";

export type Answer = {
  readonly status: 200 | 304;
  readonly headers: readonly string[];
  readonly body?: Pick<PreparedBody, "bytes" | "text">;
};

/** The answer to a conditional GET; a tag that still holds is answered before anything is read. */
export function answerOf(
  representation: Representation,
  asked: { ifNoneMatch: string | undefined; acceptEncoding: string | undefined },
): Answer {
  if (matchesEtag(asked.ifNoneMatch, representation.etag)) {
    return { status: 304, headers: representation.unchangedHeaders };
  }
  const body = representation.body(encodingFor(asked.acceptEncoding));
  return { status: 200, headers: body.headers, body };
}

export type Admitted = {
  /** What the memory says of the request's key. */
  readonly key: FeedKey | null | undefined;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
};

const path = /^\/feed\/v1\/([a-z0-9_-]+)\/(head|bundle(?:\?format=(tree|flagd|cel))?)$/;

/**
 * Answers the two calls that consumers make all day, when everything for it is in memory, without a framework around
 * it. False, with nothing written, for every other request: those are the Hono app's.
 */
export function serveFromMemory(feed: Feed, { key, request, response }: Admitted): boolean {
  const { method, url, headers } = request;
  if (method !== "GET" && method !== "HEAD") return false;
  const [, environment, what, format = "tree"] = path.exec(url ?? "") ?? [];
  if (environment === undefined) return false;
  if (!key || key.environment !== environment || !key.rights.has("definitions")) return false;
  const view = feed.views.peek(key.scopeName);
  if (!view) return false;
  const prepared = what === "head" ? view.head : view.bundles[format as BundleFormat];
  const requestId = nextRequestId();
  noteRequest(request, { requestId, key: key.id });
  const send = () => {
    feed.pulls.note(key.id, view.revision);
    const answer = answerOf(prepared, {
      ifNoneMatch: headers["if-none-match"],
      acceptEncoding: headers["accept-encoding"] as string | undefined,
    });
    response.writeHead(answer.status, [...answer.headers, ...asOfHeader(feed), "x-request-id", requestId]);
    const { text = null, bytes } = answer.body ?? {};
    if (method === "HEAD" || bytes === undefined) response.end();
    else if (text === null) response.end(bytes);
    else response.end(text, "latin1");
  };
  feed.rate
    .consume(key.id)
    .then(send, ({ msBeforeNext }: RateLimiterRes) => sendProblem(response, tooManyRequests(msBeforeNext), requestId));
  return true;
}
