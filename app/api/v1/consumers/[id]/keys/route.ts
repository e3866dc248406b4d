import { createKeyOperation } from "@/lib/feed/operations";
import { createKey } from "@/lib/feed/server/consumers/consumer-keys";
import { route } from "@/lib/http/route";

export const POST = route(createKeyOperation, (ctx, { params, body }) => createKey(ctx, params.id ?? "", body));
