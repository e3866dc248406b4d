import { z } from "zod";
import { type ErrorCode, isDomainError } from "../errors";
import { findingSchema } from "../findings";

/** RFC 9457. `code` is stable and machine-readable; `more` carries what the caller needs to go on. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  findings: z.array(findingSchema).optional(),
  more: z.unknown().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const statusByCode = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  blocked: 422,
} as const satisfies Record<ErrorCode, number>;

const titles = {
  invalid: "Not valid",
  unauthenticated: "Not signed in",
  forbidden: "Not allowed",
  "not-found": "Not found",
  conflict: "Conflict",
  blocked: "Blocked",
} as const satisfies Record<ErrorCode, string>;

/** Any error as a problem; one that is not a DomainError says nothing of its inside. */
export function problemOf(error: unknown): Problem {
  if (!isDomainError(error)) {
    return {
      type: "about:blank",
      title: "Something failed on our side",
      status: 500,
      code: "internal",
      detail: "Nothing was changed. Try again; if it stays, tell whoever runs Steward.",
    };
  }
  return {
    type: "about:blank",
    title: titles[error.code],
    status: statusByCode[error.code],
    code: error.reason,
    detail: error.message,
    ...(error.findings.length > 0 ? { findings: [...error.findings] } : {}),
    ...(error.detail === undefined ? {} : { more: error.detail }),
  };
}

export function problemResponse(error: unknown, headers: Record<string, string> = {}): Response {
  const problem = problemOf(error);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  });
}
