import { grantWaiverOperation, listWaiversOperation } from "@/lib/guards/operations";
import { grantWaiver, listWaivers } from "@/lib/guards/server/waivers";
import { route } from "@/lib/http/route";

export const GET = route(listWaiversOperation, (ctx, { query: { segment } }) => listWaivers(ctx, segment));
export const POST = route(grantWaiverOperation, (ctx, { body }) => grantWaiver(ctx, body));
