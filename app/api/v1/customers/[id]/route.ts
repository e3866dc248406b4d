import { lookUpCustomerOperation } from "@/lib/customers/operations";
import { lookUpCustomer } from "@/lib/customers/server/look-up-customer";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const GET = route(lookUpCustomerOperation, (ctx, { params, query: { environment, asOf } }) =>
  lookUpCustomer(ctx, { id: params.id ?? "", environment, ...(asOf ? { asOf } : {}) }, getEngine()),
);
