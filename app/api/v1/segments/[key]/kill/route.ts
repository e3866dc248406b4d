import { route } from "@/lib/http/route";
import { killSegmentOperation } from "@/lib/releases/operations";
import { killSegment } from "@/lib/releases/server/kill-segment";

export const POST = route(killSegmentOperation, (ctx, { params, body }) =>
  killSegment(ctx, { ...body, key: params.key ?? "" }),
);
