import { route } from "@/lib/http/route";
import { releaseVersionOperation } from "@/lib/releases/operations";
import { scheduledSchema } from "@/lib/releases/schedule-contract";
import { requestRelease } from "@/lib/releases/server/request-release";

export const POST = route(releaseVersionOperation, async (ctx, { params, body }) => {
  const answer = await requestRelease(ctx, { ...body, id: params.id ?? "" });
  return "schedule" in answer ? Response.json(scheduledSchema.parse(answer), { status: 202 }) : answer;
});
