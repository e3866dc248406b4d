import type { Database, Transaction } from "../../server/database";
import type * as rows from "../../server/prisma/client";
import type { HousePolicies } from "../check-guarded";
import { type LabelPolicy, labelPolicySchema } from "../label-policy";
import { listStandingWaivers } from "./standing-waivers";

/** The label policies, and what is waived for some segments. */
export async function loadHousePolicies(
  db: Database | Transaction,
  segments: readonly string[],
): Promise<HousePolicies> {
  const labelPolicies = await loadLabelPolicies(db);
  return { labelPolicies, waivers: await listStandingWaivers(db, segments) };
}

export async function loadLabelPolicies(db: Database | Transaction): Promise<readonly LabelPolicy[]> {
  return (await db.labelPolicy.findMany({ orderBy: { key: "asc" } })).map(toLabelPolicy);
}

export function toLabelPolicy({ changeId: _, updatedAt: __, ...row }: rows.LabelPolicy): LabelPolicy {
  return labelPolicySchema.parse(row);
}
