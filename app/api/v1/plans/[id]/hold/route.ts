import { route } from "@/lib/http/route";
import { holdPlanOperation } from "@/lib/releases/operations";
import { holdPlan } from "@/lib/releases/server/hold-plan";

export const POST = route(holdPlanOperation, (ctx, { params, body }) =>
  holdPlan(ctx, { ...body, id: params.id ?? "" }),
);
