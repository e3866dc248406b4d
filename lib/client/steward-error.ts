/** What was received and is not believed: the client keeps what it had. */
export const refusalCodes = [
  "unsigned",
  "bad-algorithm",
  "unknown-signing-key",
  "bad-signature",
  "malformed-head",
  "expired-head",
  "foreign-scope",
  "older-revision",
  "oversized",
  "truncated",
  "digest-mismatch",
  "malformed-bundle",
  "unreadable-rule",
  "wrong-content-type",
  "malformed-answer",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** Nothing that could be believed was received, or nothing could be kept on disk. */
export const failureCodes = [
  "unreachable",
  "server-error",
  "too-many-requests",
  "key-refused",
  "missing-right",
  "unexpected-status",
  "cache-unusable",
  "cache-unwritable",
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** What the caller has to change, or to wait for. */
export type CallerCode = "not-ready" | "unknown-segment" | "bad-customer" | "bad-option" | "closed";

export type StewardErrorCode = RefusalCode | FailureCode | CallerCode;

/** Every error of the client. `code` is stable; the message says what was found and what would be accepted. */
export class StewardError extends Error {
  readonly code: StewardErrorCode;
  /** The `code` of the feed's own answer, where it gave one. */
  readonly feedCode: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: StewardErrorCode,
    message: string,
    more: { feedCode?: string | undefined; retryAfterSeconds?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = "StewardError";
    this.code = code;
    this.feedCode = more.feedCode;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

export function isRefusal(error: StewardError): error is StewardError & { readonly code: RefusalCode } {
  const codes: readonly string[] = refusalCodes;
  return codes.includes(error.code);
}

/** What replicas that are not equally far look like, for a moment. */
export function mayPass(error: unknown): boolean {
  const codes = ["older-revision", "digest-mismatch", "truncated", "oversized"];
  return error instanceof StewardError && codes.includes(error.code);
}

/** The feed says that it cannot go on from a cursor: what is known is to be taken anew. */
export function isLost({ feedCode = "" }: StewardError): boolean {
  return ["revision-gone", "future-revision", "bad-cursor", "foreign-cursor"].includes(feedCode);
}

/** Anything else that was thrown is a fault of the network: fetch throws what it likes. */
export function stewardError(error: unknown): StewardError {
  if (error instanceof StewardError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StewardError("unreachable", `The feed cannot be reached: ${message}`, { cause: error });
}
