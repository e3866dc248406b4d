import type { AuthOptions } from "next-auth";
import type { Provider } from "next-auth/providers/index";
import { database } from "../../server/database";
import { log } from "../../server/log";
import { settings } from "../../server/settings";
import { sessionSecret } from "./session-secret";
import { signInByPassword } from "./sign-in";
import { signInBySubject } from "./single-sign-on";

const sessionSeconds = 12 * 60 * 60;

/** What next-auth is given: whom it lets in and what the cookie says, which is who, and nothing of what they may. */
export function authOptions(): AuthOptions {
  const { oidc } = settings();
  return {
    secret: sessionSecret(),
    session: { strategy: "jwt", maxAge: sessionSeconds, updateAge: 15 * 60 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [byPassword(), ...(oidc ? [bySingleSignOn(oidc)] : [])],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== "oidc") return true;
        if (!oidc) return false;
        const person = await signInBySubject(database(), { issuer: oidc.issuer, claims: profile, now: new Date() });
        if (!person) return false;
        user.id = person.id;
        return true;
      },
      jwt: ({ token, user }) => ({ sub: user?.id ?? token.sub }),
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

function byPassword(): Provider {
  return {
    id: "credentials",
    type: "credentials",
    name: "Password",
    credentials: { email: { type: "email" }, password: { type: "password" } },
    async authorize(credentials, request) {
      const address = String(request.headers?.["x-forwarded-for"] ?? "")
        .split(",")[0]
        ?.trim();
      const outcome = await signInByPassword(database(), { credentials, address: address ?? "", now: new Date() });
      if ("person" in outcome) return { id: outcome.person.id };
      if (outcome.refused === "too-many-attempts") throw new Error("TooManyAttempts");
      return null;
    },
  };
}

function bySingleSignOn(oidc: { issuer: string; clientId: string; clientSecret: string }): Provider {
  return {
    id: "oidc",
    type: "oauth",
    name: "Single sign-on",
    issuer: oidc.issuer,
    wellKnown: `${oidc.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    profile: (claims: { sub: string }) => ({ id: claims.sub }),
  };
}
