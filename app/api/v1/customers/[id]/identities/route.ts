import { linkIdentityOperation, listIdentitiesOperation } from "@/lib/customers/identity-operations";
import { linkIdentity, listIdentities } from "@/lib/customers/server/identities";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const GET = route(listIdentitiesOperation, (ctx, { params }) =>
  listIdentities(ctx, params.id ?? "", getEngine()),
);

export const POST = route(linkIdentityOperation, (ctx, { params, body }) =>
  linkIdentity(ctx, { ...body, customerId: params.id ?? "" }, getEngine()),
);
