import { route } from "@/lib/http/route";
import { segmentBlameOperation } from "@/lib/releases/operations";
import { segmentBlame } from "@/lib/releases/server/segment-blame";

export const GET = route(segmentBlameOperation, (ctx, { params }) => segmentBlame(ctx, params.key ?? ""));
