import { route } from "@/lib/http/route";
import { resendDeliveryOperation } from "@/lib/notices/operations";
import { resendDelivery } from "@/lib/notices/server/deliveries";

export const POST = route(resendDeliveryOperation, (ctx, { params }) => resendDelivery(ctx, params.id ?? ""));
