import type { Database } from "../../server/database";
import type { Person } from "../../server/prisma/client";
import type { SessionEnd } from "../session-end";
import { type Cookies, readSessionCookie, type SessionClaims, sessionEnd } from "./session-cookie";

export type Session = SessionClaims & { readonly person: Person };
export type SessionOutcome = Session | { readonly ended: SessionEnd };

/** Whose session the cookies carry, as the person is now; or why it is none any more. */
export async function findSession(db: Database, cookies: Cookies, now: Date): Promise<SessionOutcome> {
  const claims = await readSessionCookie(cookies);
  if (!claims) return { ended: "unauthenticated" };
  if (sessionEnd(claims) <= now) return { ended: "session-expired" };
  const person = await db.person.findUnique({ where: { id: claims.personId } });
  if (!person) return { ended: "unauthenticated" };
  if (person.disabledAt !== null) return { ended: "person-disabled" };
  if (person.sessionsEndedAt !== null && claims.begunAt <= person.sessionsEndedAt) return { ended: "session-ended" };
  return { ...claims, person };
}
