import { DomainError } from "../../errors";
import { type Database, database } from "../../server/database";
import { settings } from "../../server/settings";
import type { Actor } from "../actor";
import { mayChangeByCookie } from "../same-origin";
import { actorOf, unauthenticated } from "./actor-of";
import { findSession } from "./find-session";
import { secretHash } from "./secret";
import { parseCookies } from "./session-cookie";

const tokenUseIntervalMs = 60_000;

/** Who sent a request, with the roles they have now. An Authorization header decides alone; else the session cookie. */
export async function authenticate(request: Request): Promise<Actor> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return authenticateToken(database(), authorization);
  const session = await findSession(database(), parseCookies(request.headers.get("cookie")), new Date());
  if ("ended" in session) throw unauthenticated(session.ended);
  if (!mayChangeByCookie(request, settings().publicUrl)) {
    throw new DomainError("forbidden", "This change did not come from one of Steward's own pages.", {
      reason: "cross-site",
    });
  }
  return actorOf(session.person, { via: "session" });
}

async function authenticateToken(db: Database, authorization: string): Promise<Actor> {
  const [, secret] = /^Bearer +(stp_[A-Za-z0-9_-]{43})$/i.exec(authorization) ?? [];
  const refusal = new DomainError("unauthenticated", "This token is not known, or was revoked.", {
    reason: "unknown-token",
  });
  if (!secret) throw refusal;
  const token = await db.personalToken.findUnique({ where: { hash: secretHash(secret) }, include: { person: true } });
  if (!token || token.revokedAt !== null || token.person.disabledAt !== null) throw refusal;
  await markUsed(db, token.id);
  return actorOf(token.person, { via: "token", tokenId: token.id });
}

/** At most once a minute, so that a busy token does not write at every call. */
async function markUsed(db: Database, id: string): Promise<void> {
  const now = new Date();
  const before = new Date(now.getTime() - tokenUseIntervalMs);
  await db.personalToken.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: before } }] },
    data: { lastUsedAt: now },
  });
}
