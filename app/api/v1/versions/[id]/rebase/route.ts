import { route } from "@/lib/http/route";
import { planRebaseOperation, rebaseVersionOperation } from "@/lib/versions/operations";
import { previewRebase } from "@/lib/versions/server/plan-rebase";
import { rebaseVersion } from "@/lib/versions/server/rebase-version";

export const GET = route(planRebaseOperation, (ctx, { params }) => previewRebase(ctx, { id: params.id ?? "" }));
export const POST = route(rebaseVersionOperation, (ctx, { params, body }) =>
  rebaseVersion(ctx, { ...body, id: params.id ?? "" }),
);
