import type { z } from "zod";
import type { JsonBounds } from "../rules/json-bounds";

export type HttpMethod = "GET" | "POST" | "PUT" | "DELETE";

/**
 * One call of the console's REST API: parsed by these schemas, answered by them, and written into
 * /api/openapi.json from them. `path` is as in OpenAPI: "/api/v1/segments/{key}".
 */
export type Operation<
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> = {
  readonly method: HttpMethod;
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly query?: Query;
  readonly body?: Body;
  /** Where a body may be larger than others. */
  readonly bodyBounds?: Partial<JsonBounds>;
  /** The field of `body` that a text/plain or text/csv body is. */
  readonly textBody?: string;
  /** Absent for files and empty answers. */
  readonly answer?: Answer;
  /** 200 unless said otherwise. */
  readonly status?: 200 | 201 | 202 | 204;
};

export function operation<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
  definition: Operation<Query, Body, Answer>,
): Operation<Query, Body, Answer> {
  return definition;
}
