import { randomBytes } from "node:crypto";
import { recordAudit } from "../../audit/server/record";
import { DomainError } from "../../errors";
import type { Context } from "../../server/context";
import { isUniqueViolation } from "../../server/database";
import type { Person } from "../../server/prisma/client";
import type { NewPerson } from "../contract";
import { requirePermission } from "../permissions";
import { ensureTeam } from "./ensure-team";
import { hashPassword } from "./password";

/**
 * Makes an account that may do nothing yet. `password` is a made one, in this answer and nowhere else; null for single
 * sign-on. A team that does not exist yet is made, named after its key. Throws conflict where the e-mail is taken.
 */
export async function createPerson(
  ctx: Context,
  { email, name, withPassword, team: wanted }: Pick<NewPerson, "email" | "name" | "team" | "withPassword">,
): Promise<{ person: Person; password: string | null }> {
  requirePermission(ctx.actor, "people.write");
  const team = wanted ?? null;
  const password = withPassword ? randomBytes(18).toString("base64url") : null;
  const passwordHash = password === null ? null : await hashPassword(password);
  try {
    const person = await ctx.db.$transaction(async (tx) => {
      await ensureTeam(tx, team);
      const created = await tx.person.create({
        data: { email, name, roles: [], teamKey: team, passwordHash, createdAt: ctx.now },
      });
      await recordAudit(tx, ctx, {
        action: "person.created",
        subject: { type: "person", id: created.id, name },
        after: { team },
      });
      return created;
    });
    return { person, password };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new DomainError("conflict", `There is a person with the e-mail ${email} already.`, {
      reason: "person-exists",
    });
  }
}
