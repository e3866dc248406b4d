import { route } from "@/lib/http/route";
import { testWebhookOperation } from "@/lib/notices/operations";
import { testWebhook } from "@/lib/notices/server/deliveries";

export const POST = route(testWebhookOperation, (ctx, { params }) => testWebhook(ctx, params.id ?? ""));
