import { transferContentSchema, transferGroundNames } from "../../guards/transfer-rule";
import { defineKind } from "../change-kind";

export const transferRuleKind = defineKind({
  noun: "Transfer",
  schema: transferContentSchema,
  proposedBy: ["guard.write"],
  decidedBy: ["guard.write"],
  lines: ({ allowed, ground, note }) => [
    ["Allowed", allowed ? "yes" : "no"],
    ["On the ground of", allowed ? transferGroundNames[ground] : null],
    ["Note", note],
  ],
});
