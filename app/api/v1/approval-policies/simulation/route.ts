import { route } from "@/lib/http/route";
import { simulatePoliciesOperation } from "@/lib/versions/operations";
import { simulatePolicies } from "@/lib/versions/server/simulate-policies";

export const POST = route(simulatePoliciesOperation, (ctx, { body }) => simulatePolicies(ctx, body));
