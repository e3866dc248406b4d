import { decodeJwt } from "jose";
import type { OAuthConfig } from "next-auth/providers/index";
import type { SignOnSettings } from "../../server/settings";
import { claimAt } from "../identity-claims";
import { metadataAddress } from "./provider-metadata";

type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };
type UserInfoRequest = NonNullable<Exclude<OAuthConfig<Claims>["userinfo"], string | undefined>["request"]>;

const timeoutMs = 10_000;

/** The identity provider as next-auth takes it: code flow with PKCE, state and nonce, and a verified ID token. */
export function identityProvider(oidc: SignOnSettings): OAuthConfig<Claims> {
  return {
    id: "oidc",
    type: "oauth",
    name: "Single sign-on",
    issuer: oidc.issuer,
    wellKnown: metadataAddress(oidc.issuer),
    authorization: { params: { scope: oidc.scope } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    httpOptions: { timeout: timeoutMs },
    userinfo: { request: claimsRequest(oidc) },
    profile: ({ sub }) => ({ id: sub }),
  };
}

/** Claims of the ID token, and of the user info where providers keep e-mail and groups for that. */
function claimsRequest({ groupRoles, groupsClaim }: SignOnSettings): UserInfoRequest {
  const wanted = ["email", ...(groupRoles ? [groupsClaim] : [])];
  return async ({ client, tokens }) => {
    const { id_token: idToken = "", access_token: accessToken } = tokens;
    // next-auth has verified it.
    const claims = decodeJwt(idToken);
    const isWhole = wanted.every((name) => claimAt(claims, name) !== undefined);
    if (isWhole || !accessToken || !client.issuer.metadata.userinfo_endpoint) return claims;
    const info = await client.userinfo(accessToken);
    if (info.sub !== claims.sub) throw new Error("The user info is about somebody else than the ID token.");
    return { ...info, ...claims };
  };
}
