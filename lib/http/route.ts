import type { z } from "zod";
import { authenticate } from "../access/server/authenticate";
import { recordRefusal } from "../audit/server/record-refusal";
import { isDomainError } from "../errors";
import type { Context } from "../server/context";
import { database } from "../server/database";
import { log } from "../server/log";
import type { Operation } from "./operation";
import { parsed, requireStorable } from "./parse-input";
import { problemResponse } from "./problem";
import { readBody } from "./read-body";

/** What nobody reads any more: the caller has gone. */
const clientClosedRequest = 499;

export type RouteInput<Query extends z.ZodType, Body extends z.ZodType> = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
  readonly request: Request;
};

type NextRoute = (
  request: Request,
  /** Next leaves `params` out for an address without any. */
  segment: { params: Promise<Record<string, string | string[] | undefined> | undefined> },
) => Promise<Response>;

/**
 * Joins an operation to the one function that does it: authenticates, parses query and body, calls, and writes the
 * answer or the problem. A handler that returns a Response answers with it as it is.
 */
export function route<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
  operation: Operation<Query, Body, Answer>,
  handle: (ctx: Context, input: RouteInput<Query, Body>) => Promise<z.input<Answer> | Response>,
): NextRoute {
  return async (request, segment) => {
    let known: { ctx: Context; params: Readonly<Record<string, string>> } | undefined;
    try {
      const actor = await authenticate(request);
      const ctx: Context = { actor, db: database(), now: new Date() };
      const params = plainParams((await segment.params) ?? {});
      known = { ctx, params };
      const input = {
        params,
        query: parseQuery(operation.query, request),
        body: await readBody(operation, request),
        request,
      } as RouteInput<Query, Body>;
      const answer = await handle(ctx, input);
      if (answer instanceof Response) return answer;
      return Response.json(operation.answer ? operation.answer.parse(answer) : answer, {
        status: operation.status ?? 200,
        headers: { "cache-control": "no-store" },
      });
    } catch (error) {
      if (request.signal.aborted) return new Response(null, { status: clientClosedRequest });
      if (!isDomainError(error)) log.error({ err: error, path: operation.path }, "a request failed");
      else if (known)
        await recordRefusal(known.ctx, { ...operation, params: known.params }, error).catch(logUnrecorded);
      return problemResponse(error);
    }
  };
}

function logUnrecorded(error: unknown): void {
  log.error({ err: error }, "a refusal could not be recorded");
}

function plainParams(params: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, requireStorable(decoded(String(value ?? "")), "the address")]),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parseQuery(schema: z.ZodType | undefined, request: Request): unknown {
  if (!schema) return undefined;
  const search = new URL(request.url).searchParams;
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name).map((value) => requireStorable(value, "the query"));
    query[name] = values.length > 1 ? values : (values[0] ?? "");
  }
  return parsed(schema, query, "the query");
}
