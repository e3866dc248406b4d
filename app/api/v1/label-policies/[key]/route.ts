import { proposeLabelPolicyOperation } from "@/lib/changes/guard-operations";
import { proposeLabelPolicy } from "@/lib/changes/server/label-policies";
import { route } from "@/lib/http/route";

export const PUT = route(proposeLabelPolicyOperation, (ctx, { params, body }) =>
  proposeLabelPolicy(ctx, params.key ?? "", body),
);
