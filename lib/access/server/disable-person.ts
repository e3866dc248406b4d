import type { z } from "zod";
import { recordAudit } from "../../audit/server/record";
import { DomainError, notFound } from "../../errors";
import { wake } from "../../jobs/wake";
import type { Context } from "../../server/context";
import type { Transaction } from "../../server/database";
import type { Person } from "../../server/prisma/client";
import type { disabledPersonSchema } from "../contract";
import { requirePermission } from "../permissions";
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
    if (admins.length > 0 && admins.every((admin) => admin === id)) throw lastAdmin(person);
    const revokedTokens = await endEverything(tx, id, ctx.now);
    const subject = { type: "person", id, name: person.name };
    await recordAudit(tx, ctx, { action: "person.disabled", subject, after: { revokedTokens } });
    return disabled(person, ctx.now, revokedTokens);
  });
}

/** Admins who disable each other at once take turns, and the second finds out. */
async function lockActiveAdmins(tx: Transaction): Promise<string[]> {
  const admins = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Person" WHERE 'admin' = ANY("roles") AND "disabledAt" IS NULL ORDER BY "id" FOR UPDATE`;
  return admins.map(({ id }) => id);
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

function lastAdmin({ name }: Person): DomainError {
  return new DomainError("conflict", `${name} is the last active admin. Make another person an admin first.`, {
    reason: "last-admin",
  });
}

function disabled(person: Person, at: Date, revokedTokens: number): Disabled {
  return { person: toPersonSummary(person), disabledAt: at.toISOString(), revokedTokens };
}
