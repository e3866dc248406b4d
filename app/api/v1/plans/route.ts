import { route } from "@/lib/http/route";
import { listPlansOperation } from "@/lib/releases/operations";
import { listPlans } from "@/lib/releases/server/list-plans";

export const GET = route(listPlansOperation, (ctx, { query }) => listPlans(ctx, query));
