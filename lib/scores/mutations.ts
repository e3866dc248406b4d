import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import {
  type addModelVersionSchema,
  overriddenScoreSchema,
  type overrideScoreSchema,
  registeredModelSchema,
  type registerModelSchema,
} from "./contract";
import { overridesOf } from "./queries";

export const registerModel = mutationOptions({
  mutationFn: (model: z.input<typeof registerModelSchema>) =>
    fetchJson(registeredModelSchema, "/api/v1/models", { method: "POST", json: model }),
  onSuccess: (_answer, _input, _before, { client }) => forgetModels(client),
});

export const addModelVersion = (key: string) =>
  mutationOptions({
    mutationFn: (version: z.input<typeof addModelVersionSchema>) =>
      fetchJson(registeredModelSchema, `/api/v1/models/${encodeURIComponent(key)}/versions`, {
        method: "POST",
        json: version,
      }),
    onSuccess: (_answer, _input, _before, { client }) => forgetModels(client),
  });

export const overrideScore = (customerId: string) =>
  mutationOptions({
    mutationFn: (said: z.input<typeof overrideScoreSchema>) =>
      fetchJson(overriddenScoreSchema, overridesOf(customerId), { method: "POST", json: said }),
    onSuccess: (_answer, _input, _before, { client }) => forgetCustomers(client),
  });

export const endOverride = mutationOptions({
  mutationFn: ({ id }: { id: string }) =>
    fetchJson(overriddenScoreSchema, `/api/v1/score-overrides/${encodeURIComponent(id)}`, { method: "DELETE" }),
  onSuccess: (_answer, _input, _before, { client }) => forgetCustomers(client),
});

function forgetModels(client: QueryClient) {
  return client.invalidateQueries({ queryKey: ["models"] });
}

/** A score moves what a customer is a member of. */
function forgetCustomers(client: QueryClient) {
  return client.invalidateQueries({ queryKey: ["customers"] });
}
