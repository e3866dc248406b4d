import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import {
  type createAttributeSchema,
  createdAttributeSchema,
  createdPurposeSchema,
  createdRegionSchema,
  type createPurposeSchema,
  type createRegionSchema,
} from "./contract";

export const createAttribute = mutationOptions({
  mutationFn: (attribute: z.input<typeof createAttributeSchema>) =>
    fetchJson(createdAttributeSchema, "/api/v1/attributes", { method: "POST", json: attribute }),
  onSuccess: (_answer, _input, _before, { client }) => forgetCatalogue(client),
});

export const createPurpose = mutationOptions({
  mutationFn: (purpose: z.input<typeof createPurposeSchema>) =>
    fetchJson(createdPurposeSchema, "/api/v1/purposes", { method: "POST", json: purpose }),
  onSuccess: (_answer, _input, _before, { client }) => forgetCatalogue(client),
});

export const createRegion = mutationOptions({
  mutationFn: (region: z.input<typeof createRegionSchema>) =>
    fetchJson(createdRegionSchema, "/api/v1/regions", { method: "POST", json: region }),
  onSuccess: (_answer, _input, _before, { client }) => forgetCatalogue(client),
});

/** A document that named something unknown may check now. */
export function forgetCatalogue(client: QueryClient) {
  return Promise.all([
    client.invalidateQueries({ queryKey: ["catalogue"] }),
    client.invalidateQueries({ queryKey: ["previews"] }),
  ]);
}
