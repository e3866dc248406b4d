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

export const personalTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type PersonalTokenItem = z.infer<typeof personalTokenSchema>;
export const personalTokenListSchema = z.object({ items: z.array(personalTokenSchema) });
export const createTokenSchema = z.strictObject({ name: z.string().trim().min(1, "Say what will use it.").max(120) });
/** `secret` is in this answer and nowhere else, ever. */
export const createdTokenSchema = z.object({ token: personalTokenSchema, secret: z.string() });
export const revokedTokenSchema = z.object({ token: personalTokenSchema });
