import { unlinkIdentityOperation } from "@/lib/customers/identity-operations";
import { unlinkIdentity } from "@/lib/customers/server/identities";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const POST = route(unlinkIdentityOperation, (ctx, { params, body }) =>
  unlinkIdentity(ctx, { ...body, customerId: params.id ?? "" }, getEngine()),
);
