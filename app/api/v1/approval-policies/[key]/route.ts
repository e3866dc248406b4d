import { proposePolicyOperation } from "@/lib/changes/operations";
import { proposePolicy } from "@/lib/changes/server/propose-policy";
import { route } from "@/lib/http/route";

export const PUT = route(proposePolicyOperation, (ctx, { params, body }) => proposePolicy(ctx, params.key ?? "", body));
