import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import {
  type createConsumerSchema,
  createdConsumerSchema,
  createdKeySchema,
  type createKeySchema,
  revokedKeySchema,
  type rotateKeySchema,
  type updateConsumerSchema,
  updatedConsumerSchema,
} from "./contract";
import { rotatedFeedKeySchema } from "./signing-contract";

export const createConsumer = mutationOptions({
  mutationFn: (consumer: z.input<typeof createConsumerSchema>) =>
    fetchJson(createdConsumerSchema, "/api/v1/consumers", { method: "POST", json: consumer }),
  onSuccess: (_answer, _input, _before, { client }) => forgetConsumers(client),
});

export const updateConsumer = mutationOptions({
  mutationFn: ({ id, ...consumer }: { id: string } & z.input<typeof updateConsumerSchema>) =>
    fetchJson(updatedConsumerSchema, `/api/v1/consumers/${encodeURIComponent(id)}`, { method: "PUT", json: consumer }),
  onSuccess: (_answer, _input, _before, { client }) => forgetConsumers(client),
});

/** The answer's `secret` is shown once; it stays out of the query cache. */
export const createKey = mutationOptions({
  mutationFn: ({ consumerId, ...key }: { consumerId: string } & z.input<typeof createKeySchema>) =>
    fetchJson(createdKeySchema, `/api/v1/consumers/${encodeURIComponent(consumerId)}/keys`, {
      method: "POST",
      json: key,
    }),
  gcTime: 0,
  onSuccess: (_answer, _input, _before, { client }) => forgetConsumers(client),
});

export const revokeKey = mutationOptions({
  mutationFn: ({ id }: { id: string }) =>
    fetchJson(revokedKeySchema, `/api/v1/keys/${encodeURIComponent(id)}`, { method: "DELETE" }),
  onSuccess: (_answer, _input, _before, { client }) => forgetConsumers(client),
});

/** The answer's `secret` is shown once; it stays out of the query cache. */
export const rotateKey = mutationOptions({
  mutationFn: ({ id, ...overlap }: { id: string } & z.input<typeof rotateKeySchema>) =>
    fetchJson(createdKeySchema, `/api/v1/keys/${encodeURIComponent(id)}/rotation`, { method: "POST", json: overlap }),
  gcTime: 0,
  onSuccess: (_answer, _input, _before, { client }) => forgetConsumers(client),
});

export const rotateFeedKey = mutationOptions({
  mutationFn: () => fetchJson(rotatedFeedKeySchema, "/api/v1/feed-keys/rotation", { method: "POST" }),
  onSuccess: (_answer, _input, _before, { client }) => client.invalidateQueries({ queryKey: ["feed-keys"] }),
});

function forgetConsumers(client: QueryClient) {
  return client.invalidateQueries({ queryKey: ["consumers"] });
}
