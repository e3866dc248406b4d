import type { AuthOptions } from "next-auth";
import type { Provider } from "next-auth/providers/index";
import { database } from "../../server/database";
import { log } from "../../server/log";
import { type SignOnSettings, settings } from "../../server/settings";
import { identityProvider } from "./identity-provider";
import { sessionClaims, sessionSeconds, sessionToken } from "./session-cookie";
import { sessionSecret } from "./session-secret";
import { signInByPassword } from "./sign-in";
import { signInBySubject } from "./single-sign-on";

/** What next-auth is given: whom it lets in and what the cookie says, which is who, and nothing of what they may. */
export function authOptions(): AuthOptions {
  const { oidc } = settings();
  return {
    secret: sessionSecret(),
    session: { strategy: "jwt", maxAge: sessionSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [byPassword(oidc?.issuer), ...(oidc ? [identityProvider(oidc)] : [])],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== "oidc") return true;
        if (!oidc) return false;
        const outcome = await settled(oidc, profile);
        if ("refused" in outcome) return `/sign-in?error=${outcome.refused}`;
        user.id = outcome.person.id;
        return true;
      },
      jwt({ token, user, account }) {
        if (user) {
          const by = account?.provider === "oidc" ? "single sign-on" : "password";
          return sessionToken({ personId: user.id, begunAt: new Date(), by });
        }
        const claims = sessionClaims(token);
        return claims ? sessionToken(claims) : {};
      },
      session: ({ session }) => ({ expires: session.expires, user: {} }),
      redirect: ({ url, baseUrl }) => {
        if (url.startsWith("/") && !/^\/[/\\]/.test(url)) return `${baseUrl}${url}`;
        return URL.canParse(url) && new URL(url).origin === baseUrl ? url : baseUrl;
      },
    },
    logger: {
      error: (code, detail) => log.warn({ code, reason: "message" in detail ? detail.message : undefined }, "sign-in"),
      warn: (code) => log.debug({ code }, "sign-in"),
      debug: () => undefined,
    },
  };
}

/** next-auth would write an error's message into the address of the next page. */
async function settled(oidc: SignOnSettings, claims: unknown) {
  try {
    return await signInBySubject(database(), { oidc, claims, now: new Date() });
  } catch (error) {
    log.error({ err: error }, "a sign-in failed");
    return { refused: "failed" as const };
  }
}

function byPassword(issuer: string | undefined): Provider {
  return {
    id: "credentials",
    type: "credentials",
    name: "Password",
    credentials: { email: { type: "email" }, password: { type: "password" } },
    async authorize(credentials, request) {
      const address = String(request.headers?.["x-forwarded-for"] ?? "")
        .split(",")[0]
        ?.trim();
      const input = { credentials, address: address ?? "", now: new Date(), issuer };
      const outcome = await signInByPassword(database(), input);
      if ("person" in outcome) return { id: outcome.person.id };
      if (outcome.refused === "wrong") return null;
      throw new Error(outcome.refused);
    },
  };
}
