import { route } from "@/lib/http/route";
import { recordVerdictOperation } from "@/lib/versions/operations";
import { recordVerdict } from "@/lib/versions/server/record-verdict";

export const POST = route(recordVerdictOperation, (ctx, { params, body }) =>
  recordVerdict(ctx, { ...body, id: params.id ?? "" }),
);
