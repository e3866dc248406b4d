import { purposeSchema } from "../../catalogue/definition";
import { defineKind } from "../change-kind";

export const purposeStateSchema = purposeSchema.omit({ key: true });

export const purposeKind = defineKind({
  noun: "Purpose",
  schema: purposeStateSchema,
  proposedBy: ["guard.write"],
  decidedBy: ["guard.write"],
  lines: ({ name, lawfulBasis, description }) => [
    ["Name", name],
    ["Rests on", lawfulBasis.replace("_", " ")],
    ["Means", description],
  ],
});
