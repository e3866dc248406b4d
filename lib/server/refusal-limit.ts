import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { RateLimiterMemory } from "rate-limiter-flexible";

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** More than anybody's mistakes; what comes then waits a little for its answer, so that a loop cannot spin. */
const limits = { refusals: 20, seconds: 2, pauseMs: 25 };

/**
 * Whoever keeps sending bodies that are refused (413, 422) is answered 429 at the door for a moment: finding out what
 * is wrong with a body is work, and others wait for it. Nobody else and nothing that has no body is kept out.
 */
export function limitRefusals(handle: PageHandler): PageHandler {
  const limiter = new RateLimiterMemory({ points: limits.refusals, duration: limits.seconds });
  return async (request, response) => {
    if (!carriesBody(request)) return handle(request, response);
    const caller = callerOf(request);
    const known = await limiter.get(caller);
    if (known && known.consumedPoints >= limits.refusals) return refuse(request, response, known.msBeforeNext);
    response.once("finish", () => {
      if (response.statusCode === 413 || response.statusCode === 422) void limiter.penalty(caller);
    });
    return handle(request, response);
  };
}

function carriesBody({ method = "", url = "" }: IncomingMessage): boolean {
  return url.startsWith("/api/v1/") && ["POST", "PUT", "PATCH"].includes(method);
}

/** The credential, by its hash, or the address of who shows none. */
function callerOf({ headers, socket }: IncomingMessage): string {
  const session = /session-token=([^;]+)/.exec(headers.cookie ?? "")?.[1];
  const credential = headers.authorization ?? session;
  if (credential === undefined) return `address ${socket.remoteAddress}`;
  return createHash("sha256").update(credential).digest("hex");
}

async function refuse(request: IncomingMessage, response: ServerResponse, forMs: number): Promise<void> {
  request.resume();
  await pause(limits.pauseMs);
  response.writeHead(429, {
    "content-type": "application/problem+json",
    "retry-after": String(Math.max(1, Math.ceil(forMs / 1_000))),
  });
  const detail = `More than ${limits.refusals} bodies were refused within ${limits.seconds} seconds. Try again in a moment.`;
  const problem = { type: "about:blank", title: "Too many requests", status: 429, code: "too-many-refusals", detail };
  response.end(JSON.stringify(problem));
}
