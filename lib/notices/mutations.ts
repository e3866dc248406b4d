import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import {
  createdWebhookSchema,
  type createWebhookSchema,
  disabledWebhookSchema,
  noticePreferencesSchema,
  queuedDeliverySchema,
  type readNoticesSchema,
  unreadCountSchema,
} from "./contract";

export const readNotices = mutationOptions({
  mutationFn: (chosen: z.input<typeof readNoticesSchema>) =>
    fetchJson(unreadCountSchema, "/api/v1/notices/read", { method: "POST", json: chosen }),
  onSuccess: (_answer, _input, _before, { client }) => client.invalidateQueries({ queryKey: ["notices"] }),
});

export const setNoticePreferences = mutationOptions({
  mutationFn: (preferences: z.input<typeof noticePreferencesSchema>) =>
    fetchJson(noticePreferencesSchema, "/api/v1/notices/preferences", { method: "PUT", json: preferences }),
  onSuccess: (_answer, _input, _before, { client }) => client.invalidateQueries({ queryKey: ["notices"] }),
});

/** The answer's `secret` is shown once; it stays out of the query cache. */
export const createWebhook = mutationOptions({
  mutationFn: (webhook: z.input<typeof createWebhookSchema>) =>
    fetchJson(createdWebhookSchema, "/api/v1/webhooks", { method: "POST", json: webhook }),
  gcTime: 0,
  onSuccess: (_answer, _input, _before, { client }) => forgetWebhooks(client),
});

export const disableWebhook = mutationOptions({
  mutationFn: ({ id }: { id: string }) =>
    fetchJson(disabledWebhookSchema, `/api/v1/webhooks/${encodeURIComponent(id)}`, { method: "DELETE" }),
  onSuccess: (_answer, _input, _before, { client }) => forgetWebhooks(client),
});

export const testWebhook = mutationOptions({
  mutationFn: ({ id }: { id: string }) =>
    fetchJson(queuedDeliverySchema, `/api/v1/webhooks/${encodeURIComponent(id)}/test`, { method: "POST" }),
  onSuccess: (_answer, _input, _before, { client }) => forgetWebhooks(client),
});

export const resendDelivery = mutationOptions({
  mutationFn: ({ id }: { id: string }) =>
    fetchJson(queuedDeliverySchema, `/api/v1/webhook-deliveries/${encodeURIComponent(id)}/resend`, { method: "POST" }),
  onSuccess: (_answer, _input, _before, { client }) => forgetWebhooks(client),
});

function forgetWebhooks(client: QueryClient) {
  return client.invalidateQueries({ queryKey: ["webhooks"] });
}
