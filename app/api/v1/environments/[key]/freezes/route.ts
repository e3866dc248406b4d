import { route } from "@/lib/http/route";
import { beginFreezeOperation, listFreezesOperation } from "@/lib/releases/operations";
import { beginFreeze } from "@/lib/releases/server/begin-freeze";
import { listFreezes } from "@/lib/releases/server/list-freezes";

export const GET = route(listFreezesOperation, (ctx, { params }) => listFreezes(ctx, params.key ?? ""));

export const POST = route(beginFreezeOperation, (ctx, { params, body }) =>
  beginFreeze(ctx, { ...body, environment: params.key ?? "" }),
);
