import { operation } from "../http/operation";
import { previewRequestSchema, previewSchema } from "./contract";

export const previewDocumentOperation = operation({
  method: "POST",
  path: "/api/v1/previews",
  summary:
    "Count a document over the customers there are: funnel, guards' losses, impact, findings, tests. 422 with the findings when its rule cannot be counted",
  tag: "previews",
  body: previewRequestSchema,
  answer: previewSchema,
});

export const previewOperations = [previewDocumentOperation];
