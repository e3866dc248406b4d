import type { ServerResponse } from "node:http";
import type { FeedProblem } from "../../wire";

type Problems = Record<string, readonly [status: number, title: string, detail: string]>;

/** Of every call on the fast listener that a key is asked for. */
export const keyProblems = {
  "missing-key": [401, "No key", "Send the key as Authorization: Bearer stw_…, and nowhere else."],
  "unknown-key": [401, "Unknown key", "This key is not known, or was revoked."],
  "key-in-address": [
    400,
    "Key in the address",
    "A key in an address ends up in logs. Send it as Authorization: Bearer stw_…; revoke this one.",
  ],
} as const satisfies Problems;

const problems = {
  ...keyProblems,
  "other-environment": [403, "Another environment", "This key is for another environment."],
  "missing-right": [403, "Missing right", "This key does not have the right that the call asks for."],
  "not-found": [404, "Not found", "There is nothing here that this key may see."],
  "method-not-allowed": [405, "Method not allowed", "The feed is read with GET and HEAD."],
  "only-post": [405, "Method not allowed", "Receipts are sent with POST."],
  "too-many-requests": [429, "Too many requests", "This key asks faster than it may. Wait as Retry-After says."],
  "too-many-streams": [
    503,
    "Too many streams",
    "This process has as many open streams as it may. Poll, or try another.",
  ],
  "address-too-long": [414, "Address too long", "An address of the feed has at most 8,192 characters."],
  "body-not-read": [413, "A body that nobody reads", "Only receipts have a body. Send GET and HEAD without one."],
  "body-too-large": [413, "Body too large", "A receipt has at most 4,096 bytes."],
  "bad-receipt": [400, "Not a receipt", "Send JSON with state, revision and what openapi.json names besides."],
  "older-receipt": [
    409,
    "Older than what it said",
    "This instance has said that it activated a newer revision. Readers of one key tell themselves apart by instance.",
  ],
  "unknown-namespace": [400, "No such namespace", "Customers are found by their id, or in a namespace that there is."],
  "unknown-format": [400, "No such format", "A bundle is given with ?format=tree, flagd or cel; without it as tree."],
  "bad-wait": [400, "No such wait", "Give ?after= a revision, and ?wait= whole seconds from 0 to 30."],
  "bad-cursor": [400, "No such place", "Give a revision as a whole number, or a cursor as an answer gave it."],
  "foreign-cursor": [
    400,
    "Another scope's place",
    "This cursor was given to another key, or to this one before what it may be told has changed. Begin anew.",
  ],
  "future-revision": [400, "No revision yet", "There is no such revision yet: the head names the newest."],
  "revision-gone": [
    410,
    "Too long ago",
    "What was so at this revision is not kept any more. Take the members of each segment whole, and go on from there.",
  ],
  "not-followed": [
    503,
    "Not followed yet",
    "Somebody moved to another region, and the log of members does not know it yet. Ask again as Retry-After says.",
  ],
  unavailable: [
    503,
    "Not available",
    "What this call needs does not answer now. Bundle and head are served from memory meanwhile.",
  ],
  internal: [500, "Something failed on our side", "Try again; if it stays, tell whoever runs Steward."],
} as const satisfies Problems;

export type FeedProblemCode = keyof typeof problems;

/** Thrown inside the feed; answered as application/problem+json. */
export class FeedRefusal extends Error {
  constructor(
    readonly code: FeedProblemCode,
    readonly retryAfterSeconds?: number,
    readonly snapshot?: string,
    detail: string = problems[code][2],
  ) {
    super(detail);
    this.name = "FeedRefusal";
  }
}

/** Of a key that asks faster than it may. */
export function tooManyRequests(forMs: number): FeedRefusal {
  return new FeedRefusal("too-many-requests", Math.max(1, Math.ceil(forMs / 1_000)));
}

export function problemResponse(refusal: FeedRefusal, requestId: string): Response {
  return wireProblem(...problemOf(refusal, requestId));
}

/** The same on a bare response, for who answers without the app around. */
export function sendProblem(response: ServerResponse, refusal: FeedRefusal, requestId: string): void {
  const { status, headers, body } = preparedProblem(...problemOf(refusal, requestId));
  response.writeHead(status, { ...headers, "content-length": String(Buffer.byteLength(body)) });
  response.end(body);
}

function problemOf(refusal: FeedRefusal, requestId: string): [WireProblem, ProblemHeaders] {
  const [status, title] = problems[refusal.code];
  const { code, retryAfterSeconds, snapshot, message: detail } = refusal;
  return [
    { status, title, code, detail, ...(snapshot && { snapshot }) },
    { requestId, retryAfterSeconds, allow: code === "only-post" ? "POST" : "GET, HEAD" },
  ];
}

export type WireProblem = Pick<FeedProblem, "status" | "title" | "code" | "detail" | "snapshot">;
export type ProblemHeaders = {
  readonly requestId: string;
  readonly retryAfterSeconds?: number | undefined;
  /** The methods that a 405 names. */
  readonly allow: string;
};

/** What is refused on the fast listener, as application/problem+json. */
export function wireProblem(given: WireProblem, about: ProblemHeaders): Response {
  const { status, headers, body } = preparedProblem(given, about);
  return new Response(body, { status, headers });
}

function preparedProblem(given: WireProblem, { requestId, retryAfterSeconds, allow }: ProblemHeaders) {
  const problem: FeedProblem = { type: "about:blank", ...given, requestId };
  const { status } = given;
  const headers: Record<string, string> = {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-request-id": requestId,
    ...(status === 401 && { "www-authenticate": "Bearer" }),
    ...(status === 405 && { allow }),
    ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
  };
  return { status, headers, body: JSON.stringify(problem) };
}
