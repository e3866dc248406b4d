import { route } from "@/lib/http/route";
import { listDeliveriesOperation } from "@/lib/notices/operations";
import { listDeliveries } from "@/lib/notices/server/deliveries";

export const GET = route(listDeliveriesOperation, (ctx, { params, query }) =>
  listDeliveries(ctx, params.id ?? "", query),
);
