import { operation } from "../http/operation";
import {
  consumerListSchema,
  createConsumerSchema,
  createdConsumerSchema,
  createdKeySchema,
  createKeySchema,
  revokedKeySchema,
  updateConsumerSchema,
  updatedConsumerSchema,
} from "./contract";

export const listConsumersOperation = operation({
  method: "GET",
  path: "/api/v1/consumers",
  summary: "Consumers with their keys and what each pulled last, beside the environments' revisions",
  tag: "consumers",
  answer: consumerListSchema,
});

export const createConsumerOperation = operation({
  method: "POST",
  path: "/api/v1/consumers",
  summary: "Add a consumer",
  tag: "consumers",
  body: createConsumerSchema,
  answer: createdConsumerSchema,
  status: 201,
});

export const updateConsumerOperation = operation({
  method: "PUT",
  path: "/api/v1/consumers/{id}",
  summary: "Change a consumer's name, description, team and format",
  tag: "consumers",
  body: updateConsumerSchema,
  answer: updatedConsumerSchema,
});

export const createKeyOperation = operation({
  method: "POST",
  path: "/api/v1/consumers/{id}/keys",
  summary: "Make a key for a consumer; its secret is in this answer only",
  tag: "consumers",
  body: createKeySchema,
  answer: createdKeySchema,
  status: 201,
});

export const revokeKeyOperation = operation({
  method: "DELETE",
  path: "/api/v1/keys/{id}",
  summary: "Revoke a key, within 5 seconds everywhere",
  tag: "consumers",
  answer: revokedKeySchema,
});

export const consumerOperations = [
  listConsumersOperation,
  createConsumerOperation,
  updateConsumerOperation,
  createKeyOperation,
  revokeKeyOperation,
];
