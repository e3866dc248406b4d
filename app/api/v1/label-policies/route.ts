import { listLabelPoliciesOperation, proposeNewLabelPolicyOperation } from "@/lib/changes/guard-operations";
import { listLabelPolicies, proposeNewLabelPolicy } from "@/lib/changes/server/label-policies";
import { route } from "@/lib/http/route";

export const GET = route(listLabelPoliciesOperation, (ctx) => listLabelPolicies(ctx));
export const POST = route(proposeNewLabelPolicyOperation, (ctx, { body }) => proposeNewLabelPolicy(ctx, body));
