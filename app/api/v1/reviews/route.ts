import { route } from "@/lib/http/route";
import { reviewQueueOperation } from "@/lib/versions/operations";
import { reviewQueue } from "@/lib/versions/server/review-queue";

export const GET = route(reviewQueueOperation, (ctx, { query }) => reviewQueue(ctx, query));
