import { asksInWords, policyContentSchema } from "../../versions/approval-policy";
import { conditionsInWords, placesInWords } from "../../versions/policy-in-words";
import { defineKind } from "../change-kind";

export const approvalPolicyKind = defineKind({
  noun: "Approval policy",
  schema: policyContentSchema,
  proposedBy: ["policy.write"],
  decidedBy: ["policy.write"],
  lines: ({ name, description, conditions, asks, enabled }) => [
    ["Name", name],
    ["Description", description],
    ["Asks for", asksInWords(asks.map((ask) => ({ ...ask, ownerTeam: ask.ownerTeam ?? false })))],
    [
      "When",
      conditionsInWords(conditions)
        .map(({ words }) => words)
        .join(", and ") || "always",
    ],
    ["Where", placesInWords(conditions)],
    ["In force", enabled ? "yes" : "no"],
  ],
});
