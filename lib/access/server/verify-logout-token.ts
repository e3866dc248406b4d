import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import { DomainError } from "../../errors";
import { processSingleton } from "../../server/process-singleton";
import type { SignOnSettings } from "../../server/settings";
import { type ProviderMetadata, providerMetadata } from "./provider-metadata";

type KeySet = ReturnType<typeof createRemoteJWKSet>;

const keySets = processSingleton<{ readonly address: string; readonly keys: KeySet }>("the identity provider's keys");

/** A logout token is refused once it is older, so that what was seen need not be remembered for longer. */
export const logoutTokenSeconds = 5 * 60;
const toleranceSeconds = 30;

/** The provider signs with a key of its own: nothing symmetric, and not nothing. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";

const claimsSchema = z.looseObject({
  sub: z.string("a subject: ending sessions by their id alone is not supported").min(1),
  jti: z.string("an id of its own, as jti").min(1).max(255),
  iat: z.int(),
  events: z.looseObject({ [logoutEvent]: z.looseObject({}, `the event ${logoutEvent}`) }, `the event ${logoutEvent}`),
  nonce: z.undefined("no nonce: it is then no logout token").optional(),
});

export type LogoutToken = { readonly sub: string; readonly jti: string; readonly issuedAt: Date };

/** OpenID Connect Back-Channel Logout 1.0, 2.6, but whether it was seen before. Throws invalid with what is wrong. */
export async function verifyLogoutToken(oidc: SignOnSettings, token: string, now: Date): Promise<LogoutToken> {
  const metadata = await providerMetadata(oidc.issuer);
  const claims = claimsSchema.safeParse(await verifiedPayload(metadata, oidc, token, now));
  if (!claims.success) throw refused(`It must have ${claims.error.issues.map(({ message }) => message).join(", ")}.`);
  const { sub, jti, iat } = claims.data;
  return { sub, jti, issuedAt: new Date(iat * 1000) };
}

async function verifiedPayload(
  { issuer, jwks_uri }: ProviderMetadata,
  { clientId }: SignOnSettings,
  token: string,
  now: Date,
): Promise<JWTPayload> {
  const checks = { issuer, audience: clientId, algorithms, currentDate: now, requiredClaims: ["iat"] };
  const ages = { maxTokenAge: logoutTokenSeconds, clockTolerance: toleranceSeconds };
  try {
    return (await jwtVerify(token, keysAt(jwks_uri), { ...checks, ...ages })).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) throw refused(`${error.message}.`);
    throw error;
  }
}

/** One set for the process: it fetches keys when an unknown one is named, and not at every call. */
function keysAt(address: string): KeySet {
  const kept = keySets.find();
  if (kept?.address === address) return kept.keys;
  const keys = createRemoteJWKSet(new URL(address));
  keySets.set({ address, keys });
  return keys;
}

function refused(why: string): DomainError {
  return new DomainError("invalid", `This logout token is not accepted. ${why}`, { reason: "logout-token" });
}
