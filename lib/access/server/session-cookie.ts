import { decode, type JWT } from "next-auth/jwt";
import { z } from "zod";
import { sessionSecret } from "./session-secret";

export type Cookies = ReadonlyMap<string, string>;

/** How long a session lasts from its sign-in on, whatever is done in it. */
export const sessionSeconds = 12 * 60 * 60;

/** What the cookie says: who signed in, when and how; nothing of what they may. */
export type SessionClaims = {
  readonly personId: string;
  readonly begunAt: Date;
  readonly by: "password" | "single sign-on";
};

const names = ["__Secure-next-auth.session-token", "next-auth.session-token"];

const claimsSchema = z.object({
  sub: z.string(),
  /** Milliseconds since 1970. A cookie without it begins when it was written. */
  begunAt: z.int().optional(),
  iat: z.int(),
  by: z.enum(["password", "single sign-on"]).catch("password"),
});

/** The session that a cookie of ours names, or null; it says nothing of whether the person may still act. */
export async function readSessionCookie(cookies: Cookies): Promise<SessionClaims | null> {
  for (const name of names) {
    const token = cookieValue(cookies, name);
    if (token === "") continue;
    const claims = sessionClaims(await decode({ token, secret: sessionSecret() }).catch(() => null));
    if (claims) return claims;
  }
  return null;
}

/** What a cookie's token says, or null where it is not of a session. */
export function sessionClaims(token: JWT | null): SessionClaims | null {
  const parsed = claimsSchema.safeParse(token);
  if (!parsed.success) return null;
  const { sub, begunAt, iat, by } = parsed.data;
  return { personId: sub, begunAt: new Date(begunAt ?? iat * 1000), by };
}

export function sessionEnd({ begunAt }: SessionClaims): Date {
  return new Date(begunAt.getTime() + sessionSeconds * 1000);
}

/** The token for a session's cookie. */
export function sessionToken({ personId, begunAt, by }: SessionClaims): JWT {
  return { sub: personId, begunAt: begunAt.getTime(), by };
}

export function parseCookies(header: string | null): Cookies {
  const cookies = new Map<string, string>();
  for (const part of (header ?? "").split(";")) {
    const equals = part.indexOf("=");
    if (equals > 0) cookies.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  return cookies;
}

/** A long token comes in pieces: name.0, name.1, … */
function cookieValue(cookies: Cookies, name: string): string {
  const whole = cookies.get(name);
  if (whole !== undefined) return whole;
  let joined = "";
  for (let piece = 0; cookies.has(`${name}.${piece}`); piece++) joined += cookies.get(`${name}.${piece}`);
  return joined;
}
