import { route } from "@/lib/http/route";
import { comparePoliciesOperation } from "@/lib/versions/operations";
import { comparePolicies } from "@/lib/versions/server/compare-policies";

export const POST = route(comparePoliciesOperation, (ctx, { body }) => comparePolicies(ctx, body));
