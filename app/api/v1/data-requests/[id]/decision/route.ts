import { settleRequestOperation } from "@/lib/customers/request-operations";
import { settleRequest } from "@/lib/customers/server/data-requests";
import { route } from "@/lib/http/route";

export const POST = route(settleRequestOperation, (ctx, { params, body }) =>
  settleRequest(ctx, { ...body, id: params.id ?? "" }),
);
