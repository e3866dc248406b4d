import { operation } from "../http/operation";
import {
  accessDocumentSchema,
  erasureSchema,
  openRequestSchema,
  requestedSchema,
  requestListSchema,
  settleRequestSchema,
} from "./request-contract";

export const listRequestsOperation = operation({
  method: "GET",
  path: "/api/v1/data-requests",
  summary: "Requests of access and erasure: what is longest due first, then what is settled",
  tag: "customers",
  answer: requestListSchema,
});

export const openRequestOperation = operation({
  method: "POST",
  path: "/api/v1/data-requests",
  summary: "Open a request of access, or an erasure, which is carried out at once",
  tag: "customers",
  body: openRequestSchema,
  answer: requestedSchema,
  status: 201,
});

export const getRequestOperation = operation({
  method: "GET",
  path: "/api/v1/data-requests/{id}",
  summary: "One request, with the proof where it was an erasure",
  tag: "customers",
  answer: requestedSchema,
});

export const settleRequestOperation = operation({
  method: "POST",
  path: "/api/v1/data-requests/{id}/decision",
  summary: "Say that a request of access was answered, or refuse it",
  tag: "customers",
  body: settleRequestSchema,
  answer: requestedSchema,
});

export const accessDocumentOperation = operation({
  method: "GET",
  path: "/api/v1/data-requests/{id}/document",
  summary: "Everything that is kept of the person who asked, as one document; each look is recorded",
  tag: "customers",
  answer: accessDocumentSchema,
});

export const eraseCustomerOperation = operation({
  method: "DELETE",
  path: "/api/v1/customers/{id}",
  summary: "Erase a customer everywhere; the answer says under which request it is carried out",
  tag: "customers",
  answer: erasureSchema,
  status: 202,
});

export const requestOperations = [
  listRequestsOperation,
  openRequestOperation,
  getRequestOperation,
  settleRequestOperation,
  accessDocumentOperation,
  eraseCustomerOperation,
];
