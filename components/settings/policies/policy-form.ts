import type { UseFormReturnType } from "@mantine/form";
import type { z } from "zod";
import type { PolicyItem, proposeNewPolicySchema } from "@/lib/changes/contract";
import { type ApprovalPolicy, approvalPolicySchema } from "@/lib/versions/approval-policy";

export type PolicyValues = z.input<typeof proposeNewPolicySchema>;
export type PolicyForm = UseFormReturnType<PolicyValues>;

export const blankPolicy: PolicyValues = {
  ...{ key: "", name: "", description: "", enabled: true, reason: "" },
  conditions: { environments: ["production"] },
  asks: [{ role: "reviewer", count: 1 }],
};

export function valuesOf({ key, name, description, conditions, asks, enabled }: PolicyItem): PolicyValues {
  return { key, name, description, conditions, asks, enabled, reason: "" };
}

/** The policies as they would be; null while what is typed is no policy yet. */
export function editedPolicies(stored: readonly PolicyItem[], values: PolicyValues): ApprovalPolicy[] | null {
  const { reason: _, ...typed } = values;
  const edited = approvalPolicySchema.safeParse({ ...typed, key: typed.key || "new" });
  if (!edited.success) return null;
  const others = stored.filter(({ key }) => key !== values.key).map(plainPolicy);
  return [...others, edited.data];
}

function plainPolicy({ key, name, description, conditions, asks, enabled }: PolicyItem): ApprovalPolicy {
  return { key, name, description, conditions, asks, enabled };
}
