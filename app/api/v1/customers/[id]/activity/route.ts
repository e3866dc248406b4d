import { accessOf } from "@/lib/customers/access-purpose";
import { customerActivityOperation } from "@/lib/customers/operations";
import { customerActivity } from "@/lib/customers/server/customer-activity";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const GET = route(customerActivityOperation, (ctx, { params, query }) =>
  customerActivity(ctx, { id: params.id ?? "", access: accessOf(query) }, getEngine()),
);
