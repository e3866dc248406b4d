import { route } from "@/lib/http/route";
import { reviewOperation } from "@/lib/versions/operations";
import { reviewView } from "@/lib/versions/server/review-view";

export const GET = route(reviewOperation, (ctx, { params, request }) =>
  reviewView(ctx, params.id ?? "", request.signal),
);
