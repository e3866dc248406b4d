import { route } from "@/lib/http/route";
import { segmentOverviewOperation } from "@/lib/releases/operations";
import { segmentOverview } from "@/lib/releases/server/segment-overview";

export const GET = route(segmentOverviewOperation, (ctx, { params }) => segmentOverview(ctx, params.key ?? ""));
