import { keyProblems, wireProblem } from "../../feed/server/door/problems";

const problems = {
  ...keyProblems,
  "missing-right": [403, "Missing right", 'This key does not have the right "ingest".'],
  "not-found": [404, "Not found", "There are /ingest/v1/customers, /events, /consents and /identities."],
  "method-not-allowed": [405, "Method not allowed", "What comes in is sent with POST."],
  "body-too-large": [
    413,
    "Body too large",
    "A body may have 128 MiB, unpacked. The lines before that were taken over; send the rest in parts, nothing counts twice.",
  ],
  "unknown-encoding": [415, "Unknown encoding", "Send the body as it is, or with Content-Encoding: gzip."],
  "unreadable-body": [
    400,
    "Unreadable body",
    "The body ended early or is not what Content-Encoding says. Send it again, nothing counts twice.",
  ],
  "too-much-at-once": [
    429,
    "Too much at once",
    "More is coming in than is being written. Nothing of this call was taken; send it again as Retry-After says.",
  ],
  unavailable: [
    503,
    "Not available",
    "Not everything could be written. Send the same again as Retry-After says, nothing counts twice.",
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type IngestProblemCode = keyof typeof problems;

/** Thrown inside ingest; answered as application/problem+json. */
export class IngestRefusal extends Error {
  constructor(
    readonly code: IngestProblemCode,
    readonly retryAfterSeconds?: number,
  ) {
    super(problems[code][2]);
    this.name = "IngestRefusal";
  }
}

export function refusalResponse({ code, retryAfterSeconds }: IngestRefusal, requestId: string): Response {
  const [status, title, detail] = problems[code];
  return wireProblem({ status, title, code, detail }, { requestId, retryAfterSeconds, allow: "POST" });
}
