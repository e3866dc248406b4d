import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";
import { getFollower } from "@/lib/membership/server/follower";
import { endOverrideOperation } from "@/lib/scores/operations";
import { endOverride } from "@/lib/scores/server/override-score";

export const DELETE = route(endOverrideOperation, (ctx, { params }) =>
  endOverride(ctx, params.id ?? "", { engine: getEngine(), touch: getFollower().touch }),
);
