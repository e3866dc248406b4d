import { labelPolicyContentSchema, labelPolicyInWords } from "../../guards/label-policy";
import { defineKind } from "../change-kind";

export const labelPolicyKind = defineKind({
  noun: "Label policy",
  schema: labelPolicyContentSchema,
  proposedBy: ["guard.write"],
  decidedBy: ["guard.write"],
  lines: (policy) => [
    ["Name", policy.name],
    ["Description", policy.description],
    ["Says", labelPolicyInWords(policy)],
    ["In force", policy.enabled ? "yes" : "no"],
  ],
});
