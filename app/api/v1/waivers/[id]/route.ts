import { endWaiverOperation } from "@/lib/guards/operations";
import { endWaiver } from "@/lib/guards/server/waivers";
import { route } from "@/lib/http/route";

export const DELETE = route(endWaiverOperation, (ctx, { params }) => endWaiver(ctx, params.id ?? ""));
