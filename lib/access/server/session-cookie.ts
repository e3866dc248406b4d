import { decode } from "next-auth/jwt";
import { sessionSecret } from "./session-secret";

export type Cookies = ReadonlyMap<string, string>;

const names = ["__Secure-next-auth.session-token", "next-auth.session-token"];

/** The id of the person whom the session cookie names, or null; it says nothing of whether they may still act. */
export async function readSessionCookie(cookies: Cookies): Promise<string | null> {
  for (const name of names) {
    const token = cookieValue(cookies, name);
    if (token === "") continue;
    const claims = await decode({ token, secret: sessionSecret() }).catch(() => null);
    if (typeof claims?.sub === "string") return claims.sub;
  }
  return null;
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
