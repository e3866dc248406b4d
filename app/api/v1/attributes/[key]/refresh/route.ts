import { getEngine } from "@/lib/engine/server/engine-instance";
import { refreshAttributeOperation } from "@/lib/events/operations";
import { refreshAttribute } from "@/lib/events/server/refresh-attributes";
import { route } from "@/lib/http/route";
import { findFollower } from "@/lib/membership/server/follower";

export const POST = route(refreshAttributeOperation, (ctx, { params }) =>
  refreshAttribute(ctx, params.key ?? "", {
    engine: getEngine(),
    onRefreshed: () => findFollower()?.touch("all", "events"),
  }),
);
