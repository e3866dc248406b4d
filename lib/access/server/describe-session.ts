import type { Context } from "../../server/context";
import type { OwnSession } from "../contract";
import { parseCookies, readSessionCookie, sessionEnd } from "./session-cookie";

/** Who asks, with the roles of the moment, and until when they may go on asking; a token has no end of its own. */
export async function describeSession({ actor }: Context, cookieHeader: string | null): Promise<OwnSession> {
  const { id, name, email, team, roles } = actor;
  const claims = actor.via === "session" ? await readSessionCookie(parseCookies(cookieHeader)) : null;
  return {
    person: { id, name, email, team },
    roles: [...roles],
    by: claims?.by ?? "token",
    until: claims ? sessionEnd(claims).toISOString() : null,
  };
}
