import { route } from "@/lib/http/route";
import { listSchedulesOperation } from "@/lib/releases/operations";
import { listSchedules } from "@/lib/releases/server/list-schedules";

export const GET = route(listSchedulesOperation, (ctx, { query }) => listSchedules(ctx, query));
