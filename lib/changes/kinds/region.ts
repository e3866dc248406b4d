import { regionSchema } from "../../catalogue/definition";
import { defineKind } from "../change-kind";

export const regionStateSchema = regionSchema.omit({ key: true });

export const regionKind = defineKind({
  noun: "Region",
  schema: regionStateSchema,
  proposedBy: ["guard.write"],
  decidedBy: ["guard.write"],
  lines: ({ name, description }) => [
    ["Name", name],
    ["Covers", description],
  ],
});
