import type { HttpBindings } from "@hono/node-server";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import type { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { noteRequest } from "../../../server/request-note";
import { feedProblemSchema } from "../../wire";
import type { FeedKey } from "../door/keyring";
import { FeedRefusal, tooManyRequests } from "../door/problems";
import { answerOf } from "../door/serve";
import type { Feed } from "../feed";
import type { Representation } from "../views/representation";
import type { ScopeView } from "../views/scope-view";

/** Bindings are absent where the app is called without a listener. */
export type FeedEnvironment = {
  Variables: { requestId: string; key: FeedKey; view: ScopeView };
  Bindings: Partial<HttpBindings>;
};
/** Mounted at /feed. */
export type FeedHono = OpenAPIHono<FeedEnvironment>;
export type Right = "definitions" | "members" | "customers" | "receipts";

/** Whose key it is, whether it may, and what its scope is served; every call of the feed starts here. Without a right any key may. */
export function requireKey(feed: Feed, right?: Right): MiddlewareHandler<FeedEnvironment> {
  return async (c, next) => {
    const authorization = c.req.header("authorization");
    if (authorization === undefined) throw new FeedRefusal("missing-key");
    const key = await findKey(feed, authorization);
    if (!key) {
      await feed.tarpit.hold(c.env.outgoing);
      throw new FeedRefusal("unknown-key");
    }
    await consume(feed.rate, key);
    if (key.environment !== c.req.param("environment")) throw new FeedRefusal("other-environment");
    if (right !== undefined && !key.rights.has(right)) throw new FeedRefusal("missing-right");
    const view = feed.views.peek(key.scopeName) ?? (await feed.views.require(key.scope));
    if (!view) throw new FeedRefusal("other-environment");
    // Who sends a receipt pulls nothing.
    if (right !== "receipts") feed.pulls.note(key.id, view.revision);
    if (c.env.incoming) noteRequest(c.env.incoming, { requestId: c.var.requestId, key: key.id });
    c.set("key", key);
    c.set("view", view);
    await next();
  };
}

async function findKey({ keyring }: Feed, authorization: string): Promise<FeedKey | null> {
  try {
    return await keyring.find(authorization);
  } catch {
    throw new FeedRefusal("unavailable", 5);
  }
}

export async function consume(limit: RateLimiterMemory, key: FeedKey): Promise<void> {
  await limit.consume(key.id).catch(({ msBeforeNext }: RateLimiterRes) => {
    throw tooManyRequests(msBeforeNext);
  });
}

export function send(c: Context<FeedEnvironment>, representation: Representation): Response {
  const answer = answerOf(representation, {
    ifNoneMatch: c.req.header("if-none-match"),
    acceptEncoding: c.req.header("accept-encoding"),
  });
  const headers = new Headers();
  for (let at = 0; at + 1 < answer.headers.length; at += 2) {
    headers.set(answer.headers[at] ?? "", answer.headers[at + 1] ?? "");
  }
  return new Response(answer.body ? new Uint8Array(answer.body.bytes) : null, { status: answer.status, headers });
}

/** Of an answer made for this one request. */
export function freshHeaders(): Record<string, string> {
  return { "cache-control": "no-store" };
}

type CallMore = {
  readonly contentType?: string;
  /** By name what each says that is sent behind the question mark; none has to be. */
  readonly query?: Readonly<Record<string, string>>;
};

/** How openapi.json describes a GET of the feed. */
export function call<Schema extends z.ZodType>(
  path: string,
  summary: string,
  schema: Schema,
  { contentType = "application/json", query = {} }: CallMore = {},
) {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name ?? "", z.string()] as const);
  return createRoute({
    method: "get",
    path: `/v1/{environment}${path}`,
    summary,
    security: [{ key: [] }],
    parameters: Object.entries(query).map(([name, description]) => ({
      ...{ name, description, in: "query" as const },
      schema: { type: "string" as const },
    })),
    request: { params: z.object({ environment: z.string(), ...Object.fromEntries(parameters) }) },
    responses: {
      200: { description: summary, content: { [contentType]: { schema } } },
      304: { description: "If-None-Match names what is still served" },
      ...refusals,
    },
  });
}

function refusal(description: string) {
  return { description, content: { "application/problem+json": { schema: feedProblemSchema } } };
}

export const refusals = {
  401: refusal("No key, or one that is not known"),
  403: refusal("A key for another environment, or without the right"),
  404: refusal("Nothing that this key may see"),
  429: refusal("Too many requests for this key"),
};
