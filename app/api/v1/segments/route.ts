import { route } from "@/lib/http/route";
import { listSegmentsOperation } from "@/lib/releases/operations";
import { listSegments } from "@/lib/releases/server/segment-list";
import { createSegmentOperation } from "@/lib/versions/operations";
import { createSegment } from "@/lib/versions/server/create-segment";

export const GET = route(listSegmentsOperation, (ctx, { query }) => listSegments(ctx, query));
export const POST = route(createSegmentOperation, (ctx, { body }) => createSegment(ctx, body));
