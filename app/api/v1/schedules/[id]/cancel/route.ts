import { route } from "@/lib/http/route";
import { cancelScheduleOperation } from "@/lib/releases/operations";
import { cancelSchedule } from "@/lib/releases/server/cancel-schedule";

export const POST = route(cancelScheduleOperation, (ctx, { params }) => cancelSchedule(ctx, params.id ?? ""));
