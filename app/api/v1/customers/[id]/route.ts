import { accessOf } from "@/lib/customers/access-purpose";
import { lookUpCustomerOperation } from "@/lib/customers/operations";
import { eraseCustomerOperation } from "@/lib/customers/request-operations";
import { openRequest } from "@/lib/customers/server/data-requests";
import { lookUpCustomer } from "@/lib/customers/server/look-up-customer";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const GET = route(lookUpCustomerOperation, (ctx, { params, query }) => {
  const { environment, asOf } = query;
  const access = accessOf(query);
  return lookUpCustomer(ctx, { id: params.id ?? "", environment, access, ...(asOf ? { asOf } : {}) }, getEngine());
});

export const DELETE = route(eraseCustomerOperation, async (ctx, { params }) => {
  const { request } = await openRequest(ctx, { kind: "erasure", customer: params.id ?? "", note: "" }, getEngine());
  return { erasure: request };
});
