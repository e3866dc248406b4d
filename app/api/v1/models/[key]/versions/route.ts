import { route } from "@/lib/http/route";
import { addModelVersionOperation } from "@/lib/scores/operations";
import { addModelVersion } from "@/lib/scores/server/models";

export const POST = route(addModelVersionOperation, (ctx, { params, body }) =>
  addModelVersion(ctx, { ...body, key: params.key ?? "" }),
);
