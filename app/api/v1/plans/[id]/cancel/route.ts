import { route } from "@/lib/http/route";
import { cancelPlanOperation } from "@/lib/releases/operations";
import { cancelPlan } from "@/lib/releases/server/cancel-plan";

export const POST = route(cancelPlanOperation, (ctx, { params, body }) =>
  cancelPlan(ctx, { ...body, id: params.id ?? "" }),
);
