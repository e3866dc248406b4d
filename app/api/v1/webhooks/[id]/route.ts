import { route } from "@/lib/http/route";
import { disableWebhookOperation } from "@/lib/notices/operations";
import { disableWebhook } from "@/lib/notices/server/webhooks";

export const DELETE = route(disableWebhookOperation, (ctx, { params }) => disableWebhook(ctx, params.id ?? ""));
