import { route } from "@/lib/http/route";
import { rollBackOperation } from "@/lib/releases/operations";
import { rollBack } from "@/lib/releases/server/roll-back";

export const POST = route(rollBackOperation, (ctx, { params, body }) =>
  rollBack(ctx, { ...body, key: params.key ?? "" }),
);
