import { operation } from "../http/operation";
import { previewRequestSchema, previewSchema } from "./contract";
import { overlapRequestSchema, overlapSchema } from "./overlap-contract";

export const previewDocumentOperation = operation({
  method: "POST",
  path: "/api/v1/previews",
  summary:
    "Count a document over the customers there are: funnel, guards' losses, members by region and by an attribute, impact by cause, overlaps with live segments, findings, tests. 422 with the findings when its rule cannot be counted",
  tag: "previews",
  body: previewRequestSchema,
  answer: previewSchema,
});

export const overlapSegmentsOperation = operation({
  method: "POST",
  path: "/api/v1/overlaps",
  summary:
    "How members of up to 20 live segments overlap: sizes, pairs, exact intersections, and where exclusive groups or treatments conflict",
  tag: "previews",
  body: overlapRequestSchema,
  answer: overlapSchema,
});

export const previewOperations = [previewDocumentOperation, overlapSegmentsOperation];
