import type { IncomingMessage, ServerResponse } from "node:http";
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { log } from "../server/log";
import { listChanges } from "./server/changes";
import { type Feed, type FeedDependencies, openFeed } from "./server/feed";
import type { FeedKey, Keyring } from "./server/keyring";
import { lookUpForConsumer } from "./server/look-up";
import { listMembers } from "./server/members";
import { FeedRefusal, problemResponse } from "./server/problems";
import { type Representation, represent } from "./server/representation";
import { nextRequestId } from "./server/request-id";
import type { ScopeView } from "./server/scope-view";
import { answerOf, serveFromMemory } from "./server/serve";
import {
  bundleSchema,
  feedChangesSchema,
  feedCustomerSchema,
  feedMembersSchema,
  feedProblemSchema,
  feedSegmentAnswerSchema,
  feedSegmentListSchema,
  headSchema,
} from "./wire";

type FeedEnvironment = { Variables: { key: FeedKey; view: ScopeView } };
type Right = "definitions" | "members" | "customers";

export type FeedApp = {
  /** To be mounted at /feed. */
  readonly app: OpenAPIHono<FeedEnvironment>;
  /** Tried first: answers what it has in memory, or says false and leaves the request to the app. */
  readonly serve: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** The keys that it knows, for whoever else takes calls by key. */
  readonly keyring: Keyring;
  readonly close: () => Promise<void>;
};

export async function createFeedApp(dependencies: FeedDependencies): Promise<FeedApp> {
  const feed = await openFeed(dependencies);
  const app = new OpenAPIHono<FeedEnvironment>();
  app.onError(answerError);
  app.use("/v1/*", async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") throw new FeedRefusal("method-not-allowed");
    if (new URL(c.req.url).search.includes("stw_")) throw new FeedRefusal("key-in-address");
    await next();
  });
  app.get("/v1/:environment/openapi.json", (c) => c.json(document(app)));
  app.use("/v1/:environment/head", requireKey(feed, "definitions"));
  app.use("/v1/:environment/bundle", requireKey(feed, "definitions"));
  app.use("/v1/:environment/segments", requireKey(feed, "definitions"));
  app.use("/v1/:environment/segments/:key", requireKey(feed, "definitions"));
  app.use("/v1/:environment/segments/:key/members", requireKey(feed, "members"));
  app.use("/v1/:environment/changes", requireKey(feed, "members"));
  app.use("/v1/:environment/customers/*", requireKey(feed, "customers"));

  app.openapi(call("/head", "Revision and digests: what to compare with before pulling more", headSchema), (c) =>
    send(c, c.var.view.head),
  );
  app.openapi(call("/bundle", "Every released segment of the key's scope, with its guarded rule", bundleSchema), (c) =>
    send(c, c.var.view.bundle),
  );
  app.openapi(call("/segments", "The released segments without their rules", feedSegmentListSchema), (c) =>
    send(c, c.var.view.list),
  );
  app.openapi(call("/segments/{key}", "One released segment", feedSegmentAnswerSchema), async (c) => {
    const { environment, revision, segments, scopeName } = c.var.view;
    const served = segments.get(c.req.param("key") ?? "");
    if (!served) throw new FeedRefusal("not-found");
    const { definition: segment, headers } = served;
    return send(c, await represent({ environment, revision, segment }, { scope: scopeName, revision, headers }));
  });
  const pages = new RateLimiterMemory({ points: feed.pagesPerSecond, duration: 1 });
  const membersCall = call(
    "/segments/{key}/members",
    "A segment's members at one revision, by pages",
    feedMembersSchema,
  );
  app.openapi(membersCall, async (c) => {
    await consume(pages, c.var.key);
    const { revision, cursor } = c.req.query();
    const asked = { segment: c.req.param("key") ?? "", revision, cursor };
    return answerInLines(c, await listMembers(feed, c.var.key, c.var.view, asked));
  });
  app.openapi(
    call("/changes", "What was released, and who entered and left, since a revision", feedChangesSchema),
    async (c) => {
      await consume(pages, c.var.key);
      const answer = await listChanges(feed, c.var.key, c.var.view, c.req.query("after"));
      return c.json(answer, 200, { "cache-control": "no-store", "x-request-id": nextRequestId() });
    },
  );
  const limit = new RateLimiterMemory({ points: feed.customersPerSecond, duration: 1 });
  app.openapi(call("/customers/{id}", "One customer's segments and treatments, now", feedCustomerSchema), async (c) => {
    await consume(limit, c.var.key);
    const named = { value: c.req.param("id") ?? "", namespace: c.req.query("namespace") };
    const answer = await lookUpForConsumer(feed, c.var.key, c.var.view, named);
    return c.json(answer, 200, { "cache-control": "no-store", "x-request-id": nextRequestId() });
  });

  app.all("*", () => {
    throw new FeedRefusal("not-found");
  });
  const serve: FeedApp["serve"] = (request, response) => serveFromMemory(feed, request, response);
  return { app, serve, keyring: feed.keyring, close: feed.close };
}

/** Whose key it is, whether it may, and what its scope is served; every call of the feed starts here. */
function requireKey(feed: Feed, right: Right): MiddlewareHandler<FeedEnvironment> {
  return async (c, next) => {
    const authorization = c.req.header("authorization");
    if (authorization === undefined) throw new FeedRefusal("missing-key");
    const key = await feed.keyring.find(authorization);
    if (!key) throw new FeedRefusal("unknown-key");
    if (key.environment !== c.req.param("environment")) throw new FeedRefusal("other-environment");
    if (!key.rights.has(right)) throw new FeedRefusal("missing-right");
    const view = feed.views.peek(key.scopeName) ?? (await feed.views.require(key.scope));
    if (!view) throw new FeedRefusal("other-environment");
    feed.pulls.note(key.id, view.revision);
    c.set("key", key);
    c.set("view", view);
    await next();
  };
}

function send(c: Context<FeedEnvironment>, representation: Representation) {
  const answer = answerOf(representation, {
    ifNoneMatch: c.req.header("if-none-match"),
    acceptEncoding: c.req.header("accept-encoding"),
  });
  const headers = new Headers({ "x-request-id": nextRequestId() });
  for (let at = 0; at + 1 < answer.headers.length; at += 2) {
    headers.set(answer.headers[at] ?? "", answer.headers[at + 1] ?? "");
  }
  return new Response(answer.body ? new Uint8Array(answer.body) : null, { status: answer.status, headers });
}

async function consume(limit: RateLimiterMemory, key: FeedKey): Promise<void> {
  await limit.consume(key.id).catch(() => {
    throw new FeedRefusal("too-many-requests", 1);
  });
}

const jsonLines = "application/x-ndjson";

/** As JSON, or a line for each id where that is accepted; there the next page's address is in the `Link`. */
function answerInLines(c: Context<FeedEnvironment>, answer: z.input<typeof feedMembersSchema>) {
  const headers = { "cache-control": "no-store", "x-request-id": nextRequestId() };
  if (!c.req.header("accept")?.includes(jsonLines)) return c.json(answer, 200, headers);
  const { members, next, revision } = answer;
  const link: Record<string, string> = next === null ? {} : { link: `<?cursor=${next}>; rel="next"` };
  const lines = members.map((id) => `${JSON.stringify({ id })}\n`).join("");
  const about = { "content-type": jsonLines, "steward-revision": String(revision) };
  return new Response(lines, { headers: { ...headers, ...link, ...about } });
}

function answerError(error: Error): Response {
  const requestId = nextRequestId();
  if (error instanceof FeedRefusal) return problemResponse(error, requestId);
  log.error({ err: error, requestId }, "a call of the feed failed");
  return problemResponse(new FeedRefusal("internal"), requestId);
}

function call<Schema extends z.ZodType>(path: string, summary: string, schema: Schema) {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name ?? "", z.string()] as const);
  const refusal = (description: string) => ({
    description,
    content: { "application/problem+json": { schema: feedProblemSchema } },
  });
  return createRoute({
    method: "get",
    path: `/v1/{environment}${path}`,
    summary,
    security: [{ key: [] }],
    request: { params: z.object({ environment: z.string(), ...Object.fromEntries(parameters) }) },
    responses: {
      200: { description: summary, content: { "application/json": { schema } } },
      304: { description: "If-None-Match names what is still served" },
      401: refusal("No key, or one that is not known"),
      403: refusal("A key for another environment, or without the right"),
      404: refusal("Nothing that this key may see"),
      429: refusal("Too many requests for this key"),
    },
  });
}

function document(app: OpenAPIHono<FeedEnvironment>) {
  app.openAPIRegistry.registerComponent("securitySchemes", "key", { type: "http", scheme: "bearer" });
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Steward feed", version: "1" },
    servers: [{ url: "/feed" }],
  });
}
