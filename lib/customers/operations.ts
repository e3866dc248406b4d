import { z } from "zod";
import { keySchema } from "../catalogue/definition";
import { operation } from "../http/operation";
import { accessQuerySchema } from "./access-purpose";
import {
  customerActivitySchema,
  customerLookupSchema,
  customerSearchSchema,
  importListSchema,
  importPreviewSchema,
  startedImportSchema,
} from "./contract";
import { identityOperations } from "./identity-operations";
import { requestOperations } from "./request-operations";

export const searchCustomersOperation = operation({
  method: "GET",
  path: "/api/v1/customers",
  summary: "Ids of customers by their beginning, or the one that an identifier names: NAMESPACE:VALUE",
  tag: "customers",
  query: z.object({ query: z.string().max(200).default(""), identifier: z.string().max(1_200).optional() }),
  answer: customerSearchSchema,
});

export const lookUpCustomerOperation = operation({
  method: "GET",
  path: "/api/v1/customers/{id}",
  summary: "One customer: values, segments with the reason, near misses, treatments; every look is recorded",
  tag: "customers",
  query: accessQuerySchema.extend({
    environment: keySchema.default("production"),
    asOf: z.iso.datetime().optional(),
  }),
  answer: customerLookupSchema,
});

export const customerActivityOperation = operation({
  method: "GET",
  path: "/api/v1/customers/{id}/activity",
  summary: "What names a customer, what they did last, and what they said, with the proof; every look is recorded",
  tag: "customers",
  query: accessQuerySchema,
  answer: customerActivitySchema,
});

export const listImportsOperation = operation({
  method: "GET",
  path: "/api/v1/imports",
  summary: "Imports, newest first",
  tag: "imports",
  answer: importListSchema,
});

export const startImportOperation = operation({
  method: "POST",
  path: "/api/v1/imports",
  summary: "Import a file of customers or of events: multipart/form-data with `file` and `mapping` (JSON)",
  tag: "imports",
  answer: startedImportSchema,
  status: 202,
});

export const previewImportOperation = operation({
  method: "POST",
  path: "/api/v1/imports/preview",
  summary: "Columns, types and first rows of a file, multipart/form-data with `file`; nothing is stored",
  tag: "imports",
  answer: importPreviewSchema,
});

export const getImportOperation = operation({
  method: "GET",
  path: "/api/v1/imports/{id}",
  summary: "One import: how far it is, or what came of it",
  tag: "imports",
  answer: startedImportSchema,
});

export const cancelImportOperation = operation({
  method: "DELETE",
  path: "/api/v1/imports/{id}",
  summary: "Cancel a running import: no customer of it stays, but events that were taken already do",
  tag: "imports",
  answer: startedImportSchema,
});

export const importRejectsOperation = operation({
  method: "GET",
  path: "/api/v1/imports/{id}/rejects",
  summary: "All rejects as CSV, for who imported the file",
  tag: "imports",
});

export const customerOperations = [
  searchCustomersOperation,
  lookUpCustomerOperation,
  customerActivityOperation,
  listImportsOperation,
  startImportOperation,
  previewImportOperation,
  getImportOperation,
  cancelImportOperation,
  importRejectsOperation,
  ...identityOperations,
  ...requestOperations,
];
