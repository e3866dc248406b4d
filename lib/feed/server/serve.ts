import type { IncomingMessage, ServerResponse } from "node:http";
import { matchesEtag } from "../negotiation";
import type { Feed } from "./feed";
import { encodingFor, type Representation } from "./representation";
import { nextRequestId } from "./request-id";

export type Answer = { readonly status: 200 | 304; readonly headers: readonly string[]; readonly body?: Buffer };

/** The answer to a conditional GET; a tag that still holds is answered before anything is read. */
export function answerOf(
  representation: Representation,
  asked: { ifNoneMatch: string | undefined; acceptEncoding: string | undefined },
): Answer {
  if (matchesEtag(asked.ifNoneMatch, representation.etag)) {
    return { status: 304, headers: representation.unchangedHeaders };
  }
  const { bytes, headers } = representation.bodies[encodingFor(asked.acceptEncoding)];
  return { status: 200, headers, body: bytes };
}

const path = /^\/feed\/v1\/([a-z0-9_-]+)\/(head|bundle)$/;

/**
 * Answers the two calls that consumers make all day, when everything for it is in memory, without a framework around
 * it. False, with nothing written, for every other request: those are the Hono app's.
 */
export function serveFromMemory(feed: Feed, request: IncomingMessage, response: ServerResponse): boolean {
  const { method, url, headers } = request;
  if (method !== "GET" && method !== "HEAD") return false;
  const [, environment, what] = path.exec(url ?? "") ?? [];
  if (environment === undefined) return false;
  const key = feed.keyring.peek(headers.authorization);
  if (!key || key.environment !== environment || !key.rights.has("definitions")) return false;
  const view = feed.views.peek(key.scopeName);
  if (!view) return false;
  feed.pulls.note(key.id, view.revision);
  const answer = answerOf(what === "head" ? view.head : view.bundle, {
    ifNoneMatch: headers["if-none-match"],
    acceptEncoding: headers["accept-encoding"] as string | undefined,
  });
  response.writeHead(answer.status, [...answer.headers, "x-request-id", nextRequestId()]);
  response.end(method === "HEAD" ? undefined : answer.body);
  return true;
}
