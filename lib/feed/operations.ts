import { operation } from "../http/operation";
import {
  consumerListSchema,
  createConsumerSchema,
  createdConsumerSchema,
  createdKeySchema,
  createKeySchema,
  revokedKeySchema,
  rotateKeySchema,
  updateConsumerSchema,
  updatedConsumerSchema,
} from "./contract";

export const listConsumersOperation = operation({
  method: "GET",
  path: "/api/v1/consumers",
  summary: "Consumers with their keys, what each pulled and activated, and how far it is behind",
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
  summary: "Change a consumer's name, description, team, format and delivery",
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

export const rotateKeyOperation = operation({
  method: "POST",
  path: "/api/v1/keys/{id}/rotation",
  summary: "Make a key in another's place; both are good for the overlap. Its secret is in this answer only",
  tag: "consumers",
  body: rotateKeySchema,
  answer: createdKeySchema,
  status: 201,
});

export const consumerOperations = [
  listConsumersOperation,
  createConsumerOperation,
  updateConsumerOperation,
  createKeyOperation,
  revokeKeyOperation,
  rotateKeyOperation,
];
