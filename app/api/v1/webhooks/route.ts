import { route } from "@/lib/http/route";
import { createWebhookOperation, listWebhooksOperation } from "@/lib/notices/operations";
import { createWebhook, listWebhooks } from "@/lib/notices/server/webhooks";

export const GET = route(listWebhooksOperation, (ctx) => listWebhooks(ctx));
export const POST = route(createWebhookOperation, (ctx, { body }) => createWebhook(ctx, body));
