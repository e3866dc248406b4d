import { mutationOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { forgetCatalogue } from "../catalogue/mutations";
import { fetchJson } from "../http/fetch-json";
import { createdEventTypeSchema, type createEventTypeSchema, refreshedAttributeSchema } from "./contract";

export const createEventType = mutationOptions({
  mutationFn: (eventType: z.input<typeof createEventTypeSchema>) =>
    fetchJson(createdEventTypeSchema, "/api/v1/event-types", { method: "POST", json: eventType }),
  onSuccess: (_answer, _input, _before, { client }) => forgetCatalogue(client),
});

export const refreshAttribute = mutationOptions({
  mutationFn: (key: string) =>
    fetchJson(refreshedAttributeSchema, `/api/v1/attributes/${encodeURIComponent(key)}/refresh`, { method: "POST" }),
  onSuccess: (_answer, _input, _before, { client }) => forgetCatalogue(client),
});
