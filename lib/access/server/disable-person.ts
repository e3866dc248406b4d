import type { z } from "zod";
import { recordAudit } from "../../audit/server/record";
import { notFound } from "../../errors";
import { wake } from "../../jobs/wake";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { Person } from "../../server/prisma/client";
import type { disabledPersonSchema } from "../contract";
import { requirePermission } from "../permissions";
import { lockActiveAdmins, requireAnotherAdmin } from "./active-admins";
import { toPersonSummary } from "./person-summary";

type Disabled = z.input<typeof disabledPersonSchema>;

/**
 * At once and without a second person: sessions end, tokens are revoked and approvals no longer count. Disabling again
 * is no error. Throws conflict where no active admin would be left.
 */
export async function disablePerson(ctx: Context, id: string): Promise<Disabled> {
  requirePermission(ctx.actor, "people.write");
  return ctx.db.$transaction(async (tx) => {
    const admins = await lockActiveAdmins(tx);
    requireStillAdmin(ctx, admins);
    const person = await tx.person.findUnique({ where: { id } });
    if (!person) throw notFound("person", id);
    if (person.disabledAt !== null) return disabled(person, person.disabledAt, 0);
    requireAnotherAdmin(admins, person);
    const revokedTokens = await endEverything(tx, id, ctx.now);
    const subject = { type: "person", id, name: person.name };
    await recordAudit(tx, ctx, { action: "person.disabled", subject, after: { revokedTokens } });
    return disabled(person, ctx.now, revokedTokens);
  });
}

function requireStillAdmin({ actor }: Context, admins: readonly string[]): void {
  if (actor.via === "command line" || admins.includes(actor.id)) return;
  requirePermission({ roles: [] }, "people.write");
}

async function endEverything(tx: Transaction, personId: string, now: Date): Promise<number> {
  await tx.person.update({ where: { id: personId }, data: { disabledAt: now, sessionsEndedAt: now } });
  const tokens = await tx.personalToken.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: now } });
  await wake(tx, "recheck-reviews");
  return tokens.count;
}

function disabled(person: Person, at: Date, revokedTokens: number): Disabled {
  return { person: toPersonSummary(person), disabledAt: at.toISOString(), revokedTokens };
}
