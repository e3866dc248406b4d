import type { IncomingMessage, ServerResponse } from "node:http";
import { OpenAPIHono } from "@hono/zod-openapi";
import { log } from "../server/log";
import { noteRequest } from "../server/request-note";
import type { FeedEnvironment, FeedHono } from "./server/calls/call";
import { addCustomers } from "./server/calls/customers";
import { addDefinitions } from "./server/calls/definitions";
import { addKeys } from "./server/calls/keys";
import { addMembership } from "./server/calls/membership";
import { addReceipts } from "./server/calls/receipts";
import { addReference } from "./server/calls/reference";
import { addStream } from "./server/calls/stream";
import { asOfHeader } from "./server/door/as-of";
import { refuseAtTheDoor } from "./server/door/door";
import type { Keyring } from "./server/door/keyring";
import { FeedRefusal, problemResponse } from "./server/door/problems";
import { nextRequestId } from "./server/door/request-id";
import { serveFromMemory } from "./server/door/serve";
import { type FeedDependencies, openFeed } from "./server/feed";

export type FeedApp = {
  /** To be mounted at /feed. */
  readonly app: FeedHono;
  /** Tried first: answers what it has in memory, or says false and leaves the request to the app. */
  readonly serve: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** The keys that it knows, for whoever else takes calls by key. */
  readonly keyring: Keyring;
  readonly close: () => Promise<void>;
};

export async function createFeedApp(dependencies: FeedDependencies): Promise<FeedApp> {
  const feed = await openFeed(dependencies);
  const app = new OpenAPIHono<FeedEnvironment>();
  app.onError((error, c) => answerError(error, c.var.requestId));
  app.use("*", async (c, next) => {
    const requestId = nextRequestId();
    c.set("requestId", requestId);
    if (c.env?.incoming) noteRequest(c.env.incoming, { requestId });
    await next();
    c.res.headers.set("x-request-id", requestId);
    const [name, value] = asOfHeader(feed);
    if (name !== undefined && value !== undefined) c.res.headers.set(name, value);
  });
  app.use("/v1/*", async (c, next) => {
    requireMethod(c.req);
    if (new URL(c.req.url).search.includes("stw_")) throw new FeedRefusal("key-in-address");
    await next();
  });
  addReference(app, document);
  addDefinitions(app, feed);
  addKeys(app, feed);
  addMembership(app, feed);
  addStream(app, feed);
  addCustomers(app, feed);
  addReceipts(app, feed);
  app.all("*", () => {
    throw new FeedRefusal("not-found");
  });
  const serve: FeedApp["serve"] = (request, response) => {
    const admitted = { key: feed.keyring.peek(request.headers.authorization), request, response };
    return refuseAtTheDoor(feed, admitted) || serveFromMemory(feed, admitted);
  };
  return { app, serve, keyring: feed.keyring, close: feed.close };
}

function requireMethod({ method, path }: { readonly method: string; readonly path: string }): void {
  const sends = path.endsWith("/receipts");
  if (sends && method !== "POST") throw new FeedRefusal("only-post");
  if (!sends && method !== "GET" && method !== "HEAD") throw new FeedRefusal("method-not-allowed");
}

function answerError(error: Error, requestId: string): Response {
  if (error instanceof FeedRefusal) return problemResponse(error, requestId);
  log.error({ err: error, requestId }, "a call of the feed failed");
  return problemResponse(new FeedRefusal("internal"), requestId);
}

function document(app: FeedHono): object {
  app.openAPIRegistry.registerComponent("securitySchemes", "key", { type: "http", scheme: "bearer" });
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Steward feed", version: "1" },
    servers: [{ url: "/feed" }],
  });
}
