import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";
import { getFollower } from "@/lib/membership/server/follower";
import { listOverridesOperation, overrideScoreOperation } from "@/lib/scores/operations";
import { listOverrides, overrideScore } from "@/lib/scores/server/override-score";

export const GET = route(listOverridesOperation, (ctx, { params }) => listOverrides(ctx, params.id ?? "", getEngine()));
export const POST = route(overrideScoreOperation, (ctx, { params, body }) =>
  overrideScore(ctx, { ...body, customerId: params.id ?? "" }, { engine: getEngine(), touch: getFollower().touch }),
);
