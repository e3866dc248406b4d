import { route } from "@/lib/http/route";
import { overlapSegmentsOperation } from "@/lib/previews/operations";
import { overlapSegments } from "@/lib/previews/server/overlap-segments";

export const POST = route(overlapSegmentsOperation, (ctx, { body, request }) =>
  overlapSegments(ctx, body, request.signal),
);
