import type { Finding } from "./findings";

export const errorCodes = ["invalid", "unauthenticated", "forbidden", "not-found", "conflict", "blocked"] as const;
export type ErrorCode = (typeof errorCodes)[number];

/**
 * The one error a verb throws. `code` decides the HTTP status (one table, in lib/http),
 * `reason` is the stable machine-readable code of the case ("self-approval", "stale-draft"),
 * `detail` carries what the caller needs to go on (both sides of a conflict, say).
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly findings: readonly Finding[];
  readonly detail: unknown;

  constructor(
    code: ErrorCode,
    message: string,
    more: { reason?: string; findings?: readonly Finding[]; detail?: unknown } = {},
  ) {
    super(message);
    this.name = "DomainError";
    this.code = code;
    this.reason = more.reason ?? code;
    this.findings = more.findings ?? [];
    this.detail = more.detail;
  }
}

export function notFound(what: string, id: string): DomainError {
  return new DomainError("not-found", `There is no ${what} "${id}".`);
}

export function isDomainError(error: unknown): error is DomainError {
  return error instanceof Error && error.name === "DomainError" && "code" in error;
}
