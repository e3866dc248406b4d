import { recordAudit } from "../../audit/server/record";
import { DomainError, notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { PersonalToken } from "../../server/prisma/client";
import type { PersonalTokenItem } from "../contract";
import { newSecret } from "./secret";

/**
 * A token that acts as its person. People make their own, signed in; at the command line whoever runs Steward makes
 * one for anybody. A token makes no tokens: a leaked one must not outlive its revocation.
 */
export async function createToken(
  ctx: Context,
  input: { name: string; personId?: string },
): Promise<{ token: PersonalTokenItem; secret: string }> {
  const { actor, db, now } = ctx;
  const personId = input.personId ?? actor.id;
  if (actor.via === "token" || (actor.via === "session" && personId !== actor.id)) {
    throw new DomainError("forbidden", "Make tokens for yourself, signed in in a browser.", {
      reason: "token-needs-session",
    });
  }
  const person = await db.person.findUnique({ where: { id: personId } });
  if (!person || person.disabledAt !== null) throw notFound("person", personId);
  const { secret, hash } = newSecret("stp_");
  const token = await db.$transaction(async (tx) => {
    const created = await tx.personalToken.create({ data: { personId, name: input.name, hash, createdAt: now } });
    await recordAudit(tx, ctx, {
      action: "token.created",
      subject: { type: "token", id: created.id, name: created.name },
      after: { person: person.email },
    });
    return created;
  });
  return { token: tokenItem(token), secret };
}

/** The person's own tokens, newest first. */
export async function listTokens(ctx: Context): Promise<{ items: PersonalTokenItem[] }> {
  const tokens = await ctx.db.personalToken.findMany({
    where: { personId: ctx.actor.id },
    orderBy: { createdAt: "desc" },
  });
  return { items: tokens.map(tokenItem) };
}

/** Revoking twice is no error; another person's token is not found. */
export async function revokeToken(ctx: Context, id: string): Promise<{ token: PersonalTokenItem }> {
  const { actor, db, now } = ctx;
  const token = await db.$transaction(async (tx) => {
    const found = await tx.personalToken.findFirst({ where: { id, personId: actor.id } });
    if (!found) throw notFound("token", id);
    const revoked = await tx.personalToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
    if (revoked.count === 0) return found;
    await recordAudit(tx, ctx, { action: "token.revoked", subject: { type: "token", id, name: found.name } });
    return { ...found, revokedAt: now };
  });
  return { token: tokenItem(token) };
}

function tokenItem(token: PersonalToken): PersonalTokenItem {
  return {
    id: token.id,
    name: token.name,
    createdAt: token.createdAt.toISOString(),
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    revokedAt: token.revokedAt?.toISOString() ?? null,
  };
}
