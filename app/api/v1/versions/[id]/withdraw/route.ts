import { route } from "@/lib/http/route";
import { withdrawVersionOperation } from "@/lib/versions/operations";
import { withdrawVersion } from "@/lib/versions/server/withdraw-version";

export const POST = route(withdrawVersionOperation, (ctx, { params, body }) =>
  withdrawVersion(ctx, { ...body, id: params.id ?? "" }),
);
