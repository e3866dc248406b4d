import { z } from "zod";
import { defineKind } from "../change-kind";

export const personEnableSchema = z.strictObject({ enabled: z.boolean() });

/** To disable somebody is done at once; to let them in again takes two. */
export const personEnableKind = defineKind({
  noun: "Account of",
  schema: personEnableSchema,
  proposedBy: ["people.write"],
  decidedBy: ["people.write"],
  standIn: "policy.write",
  aboutPerson: true,
  lines: ({ enabled }) => [["May sign in", enabled ? "yes" : "no"]],
});
