import { unmergeCustomersOperation } from "@/lib/customers/identity-operations";
import { unmergeCustomers } from "@/lib/customers/server/merge-customers";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";
import { getFollower } from "@/lib/membership/server/follower";

export const DELETE = route(unmergeCustomersOperation, (ctx, { params }) =>
  unmergeCustomers(ctx, params.id ?? "", { engine: getEngine(), touch: getFollower().touch }),
);
