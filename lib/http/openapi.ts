import { z } from "zod";
import { accessOperations } from "../access/operations";
import { auditOperations } from "../audit/operations";
import { catalogueOperations } from "../catalogue/operations";
import { guardChangeOperations } from "../changes/guard-operations";
import { changeOperations } from "../changes/operations";
import { customerOperations } from "../customers/operations";
import { eventOperations } from "../events/operations";
import { consumerOperations } from "../feed/operations";
import { feedKeyOperations } from "../feed/signing-operations";
import { guardOperations } from "../guards/operations";
import { ingestOperations } from "../ingest/operations";
import { listOperations } from "../lists/operations";
import { noticeOperations } from "../notices/operations";
import { previewOperations } from "../previews/operations";
import { releaseOperations } from "../releases/operations";
import { scoreOperations } from "../scores/operations";
import { versionOperations } from "../versions/operations";
import { type JsonSchema, jsonSchemas } from "./json-schema";
import type { Operation } from "./operation";
import { problemSchema } from "./problem";

/** Every call of the console's REST API. A module adds its own here, and they are documented. */
export const operations: readonly Operation[] = [
  ...accessOperations,
  ...auditOperations,
  ...catalogueOperations,
  ...eventOperations,
  ...listOperations,
  ...previewOperations,
  ...versionOperations,
  ...releaseOperations,
  ...changeOperations,
  ...guardChangeOperations,
  ...guardOperations,
  ...customerOperations,
  ...ingestOperations,
  ...scoreOperations,
  ...consumerOperations,
  ...feedKeyOperations,
  ...noticeOperations,
];

const plainText = { schema: { type: "string" } };

/** OpenAPI 3.1, written from the schemas that parse. */
export function openApiDocument(): Record<string, unknown> {
  const { schemas, refer } = jsonSchemas();
  const problem = {
    content: { "application/problem+json": { schema: refer("Problem", problemSchema, "output") } },
    description: "What went wrong, with a stable `code`",
  };
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const { method, path, summary, tag, query, body, textBody, answer, status = 200 } = operation;
    const id = operationId(operation);
    paths[path] ??= {};
    paths[path][method.toLowerCase()] = {
      ...{ operationId: id, summary, tags: [tag] },
      parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
      ...(body && {
        requestBody: {
          required: true,
          content: {
            "application/json": { schema: refer(`${id}Body`, body, "input") },
            ...(textBody && { "text/csv": plainText, "text/plain": plainText }),
          },
        },
      }),
      responses: {
        [status]: {
          description: "Done",
          ...(answer && { content: { "application/json": { schema: refer(`${id}Answer`, answer, "output") } } }),
        },
        ...problems(operation, problem),
      },
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Steward",
      version: "1",
      description: "Everything that the screens do. Times are ISO 8601 in UTC; errors are application/problem+json.",
    },
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "A personal token, stp_…: acts as its person." },
        session: { type: "apiKey", in: "cookie", name: "next-auth.session-token" },
      },
    },
  };
}

/** "POST /api/v1/segments/{key}/draft" is postSegmentsKeyDraft. */
function operationId({ method, path }: Operation): string {
  const words = path.replace("/api/v1/", "").split(/[^A-Za-z0-9]+/);
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function pathParameters(path: string): unknown[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: "path", required: true, schema: { type: "string" } },
  }));
}

function queryParameters(query: z.ZodType): unknown[] {
  const schema: JsonSchema = z.toJSONSchema(query, { io: "input", unrepresentable: "any" });
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    ...{ name, in: "query", required: required.has(name), schema: property },
  }));
}

function problems({ method, path, body, query }: Operation, problem: unknown): Record<string, unknown> {
  return {
    401: problem,
    403: problem,
    ...(path.includes("{") && { 404: problem }),
    ...(method !== "GET" && { 409: problem }),
    ...((body || query) && { 422: problem }),
    500: problem,
  };
}
