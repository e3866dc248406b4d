import { route } from "@/lib/http/route";
import { reviewPulseOperation } from "@/lib/versions/operations";
import { reviewPulse } from "@/lib/versions/server/review-pulse";

export const GET = route(reviewPulseOperation, (ctx, { params }) => reviewPulse(ctx, { id: params.id ?? "" }));
