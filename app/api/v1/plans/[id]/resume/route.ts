import { route } from "@/lib/http/route";
import { resumePlanOperation } from "@/lib/releases/operations";
import { resumePlan } from "@/lib/releases/server/resume-plan";

export const POST = route(resumePlanOperation, (ctx, { params, body }) =>
  resumePlan(ctx, { ...body, id: params.id ?? "" }),
);
