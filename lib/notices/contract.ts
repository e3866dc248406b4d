import { z } from "zod";
import { webhookEvents } from "./events";

export const noticeSchema = z.object({
  id: z.string(),
  /** What happened, as "verdict.recorded". */
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  /** A path of the console. */
  href: z.string(),
  createdAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});
export type NoticeItem = z.infer<typeof noticeSchema>;

export const noticeQuerySchema = z.object({
  /** "true" leaves out what has been read. */
  unread: z.stringbool().default(false),
  /** The `next` of the page before. */
  before: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const noticeListSchema = z.object({
  items: z.array(noticeSchema),
  unread: z.int(),
  /** Whether you want them mailed too, and whether this installation sends mail at all. */
  mail: z.object({ wanted: z.boolean(), available: z.boolean() }),
  /** For the next, older page; null at the end. */
  next: z.string().nullable(),
});

export const readNoticesSchema = z.union([
  z.strictObject({ ids: z.array(z.uuid()).min(1).max(500) }),
  z.strictObject({ all: z.literal(true) }),
]);
export const unreadCountSchema = z.object({ unread: z.int() });

export const noticePreferencesSchema = z.strictObject({ mail: z.boolean() });

const webhookEventSchema = z.enum(webhookEvents);

export const deliveryStates = ["pending", "delivered", "failed"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export const webhookSchema = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  /** Empty for all. */
  events: z.array(webhookEventSchema),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  disabledAt: z.iso.datetime().nullable(),
  /** Deliveries of the last 30 days by state. */
  deliveries: z.record(z.enum(deliveryStates), z.int()),
});
export type WebhookItem = z.infer<typeof webhookSchema>;
export const webhookListSchema = z.object({ items: z.array(webhookSchema) });

export const createWebhookSchema = z.strictObject({
  url: z.string().trim().min(1, "Give an address.").max(2_000),
  description: z.string().trim().max(500).default(""),
  events: z.array(webhookEventSchema).max(webhookEvents.length).default([]),
});
/** `secret` is in this answer and nowhere else, ever. */
export const createdWebhookSchema = z.object({ webhook: webhookSchema, secret: z.string() });
export const disabledWebhookSchema = z.object({ webhook: webhookSchema });

export const webhookDeliverySchema = z.object({
  id: z.string(),
  event: z.string(),
  state: z.enum(deliveryStates),
  tries: z.int(),
  /** Of the next try; null when there is none. */
  nextAt: z.iso.datetime().nullable(),
  /** "HTTP 200", or why there is no answer; empty before the first try. */
  lastAnswer: z.string(),
  createdAt: z.iso.datetime(),
  settledAt: z.iso.datetime().nullable(),
});
export type WebhookDeliveryItem = z.infer<typeof webhookDeliverySchema>;
export const deliveryQuerySchema = z.object({
  state: z.enum(deliveryStates).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const webhookDeliveryListSchema = z.object({ items: z.array(webhookDeliverySchema), total: z.int() });
export const queuedDeliverySchema = z.object({ delivery: webhookDeliverySchema });
