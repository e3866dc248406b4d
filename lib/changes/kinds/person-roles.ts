import { z } from "zod";
import { teamKeySchema } from "../../access/contract";
import { roles } from "../../access/permissions";
import { defineKind } from "../change-kind";

export const personRolesSchema = z.strictObject({
  roles: z
    .array(z.enum(roles, `Roles are ${roles.join(", ")}.`))
    .transform((given) => roles.filter((role) => given.includes(role))),
  /** Made, named after its key, where there is none. */
  team: teamKeySchema.nullable(),
});

export const personRolesKind = defineKind({
  noun: "Roles of",
  schema: personRolesSchema,
  proposedBy: ["people.write"],
  decidedBy: ["people.write"],
  standIn: "policy.write",
  aboutPerson: true,
  lines: ({ roles: held, team }) => [
    ["Roles", held.join(", ") || "none"],
    ["Team", team],
  ],
});
