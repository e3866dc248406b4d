import type { z } from "zod";
import type { Finding } from "../findings";
import { type Problem, problemSchema } from "./problem";

/** An answer that was not 2xx, as application/problem+json tells it; status 0 when there was no answer. */
export class ApiProblem extends Error {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly findings: readonly Finding[];
  readonly more: unknown;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ApiProblem";
    this.type = problem.type;
    this.title = problem.title;
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.findings = problem.findings ?? [];
    this.more = problem.more;
  }
}

export function isApiProblem(error: unknown): error is ApiProblem {
  return error instanceof Error && error.name === "ApiProblem";
}

export type JsonRequest = RequestInit & { readonly json?: unknown };

/** Asks `url`, and gives the answer as `schema` reads it; `json` is sent as the body. Throws ApiProblem. */
export async function fetchJson<Schema extends z.ZodType>(
  schema: Schema,
  url: string,
  request: JsonRequest = {},
): Promise<z.output<Schema>> {
  const response = await send(url, request);
  if (!response.ok) throw await readProblem(response);
  return schema.parse(response.status === 204 ? undefined : await response.json());
}

async function send(url: string, { json, ...init }: JsonRequest): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("accept", "application/json, application/problem+json");
  if (json !== undefined) headers.set("content-type", "application/json");
  const body = json === undefined ? init.body : JSON.stringify(json);
  try {
    return await fetch(url, { ...init, headers, body });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiProblem({
      type: "about:blank",
      title: "Steward did not answer",
      status: 0,
      code: "unreachable",
      detail: "The connection failed. Try again in a moment.",
    });
  }
}

async function readProblem(response: Response): Promise<ApiProblem> {
  const parsed = problemSchema.safeParse(await response.json().catch(() => null));
  if (parsed.success) return new ApiProblem(parsed.data);
  return new ApiProblem({
    type: "about:blank",
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    code: "unknown",
    detail: `The answer was HTTP ${response.status}, without a reason.`,
  });
}
