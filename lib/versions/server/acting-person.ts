import { can, type Permission } from "../../access/permissions";
import { DomainError } from "../../errors";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";

/** Rights at the moment of the change: a role may have been taken since the request arrived. */
export async function requireRightNow(tx: Transaction, ctx: Context, permission: Permission): Promise<void> {
  const person = await tx.person.findUnique({ where: { id: ctx.actor.id } });
  if (person && person.disabledAt === null && can(person, permission)) return;
  throw new DomainError("forbidden", "Your rights have changed: this is no longer yours to do.", {
    reason: "rights-changed",
  });
}
