import { z } from "zod";
import { roles } from "./permissions";

export const personSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  team: z.string().nullable(),
});
export type PersonSummary = z.infer<typeof personSummarySchema>;

export const personSchema = personSummarySchema.extend({
  roles: z.array(z.enum(roles)),
  disabledAt: z.iso.datetime().nullable(),
});
export const personListSchema = z.object({
  items: z.array(personSchema),
  teams: z.array(z.object({ key: z.string(), name: z.string() })),
});
export type PersonList = z.infer<typeof personListSchema>;
