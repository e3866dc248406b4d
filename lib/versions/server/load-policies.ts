import type { Database, Transaction } from "../../server/database";
import type * as rows from "../../server/prisma/client";
import { type ApprovalPolicy, approvalPolicySchema } from "../approval-policy";

export async function loadPolicies(db: Database | Transaction): Promise<readonly ApprovalPolicy[]> {
  return (await db.approvalPolicy.findMany({ orderBy: { key: "asc" } })).map(toPolicy);
}

export function toPolicy({ changeId: _, updatedAt: __, ...row }: rows.ApprovalPolicy): ApprovalPolicy {
  return approvalPolicySchema.parse(row);
}
