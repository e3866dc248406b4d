import { revokeKeyOperation } from "@/lib/feed/operations";
import { revokeKey } from "@/lib/feed/server/consumers/consumer-keys";
import { route } from "@/lib/http/route";

export const DELETE = route(revokeKeyOperation, (ctx, { params }) => revokeKey(ctx, params.id ?? ""));
