import { z } from "zod";
import { roles } from "./permissions";

export const teamKeySchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, "A team's key is of a-z, 0-9, _ and -, a letter first.");

export const personSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  team: z.string().nullable(),
});
export type PersonSummary = z.infer<typeof personSummarySchema>;

export const personSchema = personSummarySchema.extend({
  roles: z.array(z.enum(roles)),
  /** Whether groups at the identity provider give the roles. */
  rolesFromGroups: z.boolean(),
  disabledAt: z.iso.datetime().nullable(),
  /** The e-mails of other people here whose sign-on is the same: one person, whatever they are called. */
  sameSubjectAs: z.array(z.string()),
});
export type Person = z.infer<typeof personSchema>;
export const personListSchema = z.object({
  items: z.array(personSchema),
  teams: z.array(z.object({ key: z.string(), name: z.string() })),
});
export type PersonList = z.infer<typeof personListSchema>;

export const newPersonSchema = z.strictObject({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email("An e-mail address, as ada@example.com.")),
  name: z.string().trim().min(1, "A person has a name.").max(120),
  roles: z
    .array(z.enum(roles, `Roles are ${roles.join(", ")}.`))
    .min(1, `One of ${roles.join(", ")}.`)
    .transform((given) => roles.filter((role) => given.includes(role))),
  team: teamKeySchema.optional(),
  /** Without one the person signs in through the identity provider only. */
  withPassword: z.boolean().default(true),
  /** Why they get these roles, for who decides. */
  reason: z.string().trim().max(2_000).default(""),
});
export type NewPerson = z.output<typeof newPersonSchema>;

/** What became of a person who was disabled. */
export const disabledPersonSchema = z.object({
  person: personSummarySchema,
  disabledAt: z.iso.datetime(),
  revokedTokens: z.int(),
});

export const ownSessionSchema = z.object({
  person: personSummarySchema,
  roles: z.array(z.enum(roles)),
  by: z.enum(["password", "single sign-on", "token"]),
  until: z.iso.datetime().nullable(),
});
export type OwnSession = z.infer<typeof ownSessionSchema>;

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
