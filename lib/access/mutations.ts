import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import { createdTokenSchema, type createTokenSchema, disabledPersonSchema, revokedTokenSchema } from "./contract";

/** The answer's `secret` is shown once; it stays out of the query cache. */
export const createToken = mutationOptions({
  mutationFn: (token: z.input<typeof createTokenSchema>) =>
    fetchJson(createdTokenSchema, "/api/v1/tokens", { method: "POST", json: token }),
  gcTime: 0,
  onSuccess: (_answer, _input, _before, { client }) => forgetTokens(client),
});

export const revokeToken = mutationOptions({
  mutationFn: ({ id }: { id: string }) =>
    fetchJson(revokedTokenSchema, `/api/v1/tokens/${encodeURIComponent(id)}`, { method: "DELETE" }),
  onSuccess: (_answer, _input, _before, { client }) => forgetTokens(client),
});

export const disablePerson = mutationOptions({
  mutationFn: ({ id }: { id: string }) =>
    fetchJson(disabledPersonSchema, `/api/v1/people/${encodeURIComponent(id)}/disable`, { method: "POST" }),
  onSuccess: (_answer, _input, _before, { client }) => client.invalidateQueries({ queryKey: ["people"] }),
});

function forgetTokens(client: QueryClient) {
  return client.invalidateQueries({ queryKey: ["tokens"] });
}
