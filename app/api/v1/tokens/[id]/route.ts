import { revokeTokenOperation } from "@/lib/access/operations";
import { revokeToken } from "@/lib/access/server/tokens";
import { route } from "@/lib/http/route";

export const DELETE = route(revokeTokenOperation, (ctx, { params }) => revokeToken(ctx, params.id ?? ""));
