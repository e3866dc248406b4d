import { mergeCustomersOperation } from "@/lib/customers/identity-operations";
import { mergeCustomers } from "@/lib/customers/server/merge-customers";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";
import { getFollower } from "@/lib/membership/server/follower";

export const POST = route(mergeCustomersOperation, (ctx, { params, body }) =>
  mergeCustomers(ctx, { ...body, from: params.id ?? "" }, { engine: getEngine(), touch: getFollower().touch }),
);
