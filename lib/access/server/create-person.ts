import { randomBytes } from "node:crypto";
import { z } from "zod";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import type { Context } from "../../server/context";
import { isUniqueViolation } from "../../server/database";
import { requirePermission, roles } from "../permissions";
import { hashPassword } from "./password";

const newPersonSchema = z.strictObject({
  email: z.email("An e-mail address, as ada@example.com.").trim().toLowerCase().max(254),
  name: z.string().trim().min(1, "A person has a name.").max(120),
  roles: z.array(z.enum(roles, `Roles are ${roles.join(", ")}.`)).min(1, `One of ${roles.join(", ")}.`),
  team: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,62}$/, "A team's key is of a-z, 0-9, _ and -, a letter first.")
    .optional(),
  /** Without one the person signs in through the identity provider only. */
  withPassword: z.boolean(),
});

/**
 * Adds a person. `password` is a made one, in this answer and nowhere else; null for single sign-on. A team that does
 * not exist yet is made, named after its key. Throws invalid, and conflict where the e-mail is taken.
 */
export async function createPerson(
  ctx: Context,
  input: Omit<z.input<typeof newPersonSchema>, "roles"> & { readonly roles: readonly string[] },
): Promise<{ id: string; password: string | null }> {
  requirePermission(ctx.actor, "people.write");
  const parsed = newPersonSchema.safeParse(input);
  if (!parsed.success) {
    throw new DomainError("invalid", parsed.error.issues.map(({ message }) => message).join(" "), {
      reason: "invalid-person",
    });
  }
  const { withPassword, team, ...person } = parsed.data;
  const password = withPassword ? randomBytes(18).toString("base64url") : null;
  const passwordHash = password === null ? null : await hashPassword(password);
  try {
    const id = await ctx.db.$transaction(async (tx) => {
      if (team) await tx.team.createMany({ data: [{ key: team, name: team }], skipDuplicates: true });
      const created = await tx.person.create({
        data: { ...person, teamKey: team ?? null, passwordHash, createdAt: ctx.now },
      });
      await recordAudit(tx, ctx, {
        action: "person.created",
        subject: { type: "person", id: created.id, name: created.name },
        after: { roles: person.roles, team: team ?? null },
      });
      return created.id;
    });
    return { id, password };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new DomainError("conflict", `There is a person with the e-mail ${person.email} already.`, {
      reason: "person-exists",
    });
  }
}
