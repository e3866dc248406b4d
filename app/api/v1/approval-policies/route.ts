import { listPoliciesOperation, proposeNewPolicyOperation } from "@/lib/changes/operations";
import { listPolicies } from "@/lib/changes/server/list-policies";
import { proposeNewPolicy } from "@/lib/changes/server/propose-policy";
import { route } from "@/lib/http/route";

export const GET = route(listPoliciesOperation, (ctx) => listPolicies(ctx));
export const POST = route(proposeNewPolicyOperation, (ctx, { body }) => proposeNewPolicy(ctx, body));
