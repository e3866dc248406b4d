import { z } from "zod";
import { keySchema } from "../../catalogue/definition";
import { defineKind } from "../change-kind";

export const environmentStateSchema = z.strictObject({
  name: z.string().trim().min(1, "An environment has a name.").max(120),
  /** The key of the environment that must serve a version before this one does. */
  promotedFrom: keySchema.nullable(),
});

export const environmentKind = defineKind({
  noun: "Environment",
  schema: environmentStateSchema,
  proposedBy: ["environment.write"],
  decidedBy: ["environment.write"],
  lines: ({ name, promotedFrom }) => [
    ["Name", name],
    ["Takes versions from", promotedFrom ?? "anywhere"],
  ],
});
