import { decideChangeOperation } from "@/lib/changes/operations";
import { decideChange } from "@/lib/changes/server/decide-change";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const POST = route(decideChangeOperation, (ctx, { params, body }) =>
  decideChange(ctx, { ...body, id: params.id ?? "" }, getEngine()),
);
