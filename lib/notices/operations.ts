import { operation } from "../http/operation";
import {
  createdWebhookSchema,
  createWebhookSchema,
  deliveryQuerySchema,
  disabledWebhookSchema,
  noticeListSchema,
  noticePreferencesSchema,
  noticeQuerySchema,
  queuedDeliverySchema,
  readNoticesSchema,
  unreadCountSchema,
  webhookDeliveryListSchema,
  webhookListSchema,
} from "./contract";

export const listNoticesOperation = operation({
  method: "GET",
  path: "/api/v1/notices",
  summary: "Your notices, newest first",
  tag: "notices",
  query: noticeQuerySchema,
  answer: noticeListSchema,
});

export const readNoticesOperation = operation({
  method: "POST",
  path: "/api/v1/notices/read",
  summary: "Mark some of your notices as read, or all",
  tag: "notices",
  body: readNoticesSchema,
  answer: unreadCountSchema,
});

export const setNoticePreferencesOperation = operation({
  method: "PUT",
  path: "/api/v1/notices/preferences",
  summary: "Whether your notices are mailed to you",
  tag: "notices",
  body: noticePreferencesSchema,
  answer: noticePreferencesSchema,
});

export const listWebhooksOperation = operation({
  method: "GET",
  path: "/api/v1/webhooks",
  summary: "Endpoints that are told what happens",
  tag: "webhooks",
  answer: webhookListSchema,
});

export const createWebhookOperation = operation({
  method: "POST",
  path: "/api/v1/webhooks",
  summary: "Add an endpoint; the secret that signs its deliveries is in this answer only",
  tag: "webhooks",
  body: createWebhookSchema,
  answer: createdWebhookSchema,
  status: 201,
});

export const disableWebhookOperation = operation({
  method: "DELETE",
  path: "/api/v1/webhooks/{id}",
  summary: "Disable an endpoint for good; what it was not told yet is not delivered",
  tag: "webhooks",
  answer: disabledWebhookSchema,
});

export const testWebhookOperation = operation({
  method: "POST",
  path: "/api/v1/webhooks/{id}/test",
  summary: "Send an endpoint the event webhook.test",
  tag: "webhooks",
  answer: queuedDeliverySchema,
  status: 202,
});

export const listDeliveriesOperation = operation({
  method: "GET",
  path: "/api/v1/webhooks/{id}/deliveries",
  summary: "What an endpoint was told in the last 30 days, newest first",
  tag: "webhooks",
  query: deliveryQuerySchema,
  answer: webhookDeliveryListSchema,
});

export const resendDeliveryOperation = operation({
  method: "POST",
  path: "/api/v1/webhook-deliveries/{id}/resend",
  summary: "Deliver once more what was delivered or given up, under the same id",
  tag: "webhooks",
  answer: queuedDeliverySchema,
  status: 202,
});

export const noticeOperations = [
  listNoticesOperation,
  readNoticesOperation,
  setNoticePreferencesOperation,
  listWebhooksOperation,
  createWebhookOperation,
  disableWebhookOperation,
  testWebhookOperation,
  listDeliveriesOperation,
  resendDeliveryOperation,
];
