import { route } from "@/lib/http/route";
import { submitVersionOperation } from "@/lib/versions/operations";
import { submitVersion } from "@/lib/versions/server/submit-version";

export const POST = route(submitVersionOperation, (ctx, { params, body }) =>
  submitVersion(ctx, { ...body, id: params.id ?? "" }),
);
