import { log } from "../../server/log";
import { settings } from "../../server/settings";
import { providerMetadata } from "./provider-metadata";

/**
 * Where somebody who has signed out here ends their session at the identity provider too, and comes back from to
 * `returnTo`: OpenID Connect RP-Initiated Logout 1.0. Null where the provider offers none or does not answer.
 */
export async function providerSignOutAddress(returnTo: string): Promise<string | null> {
  const { oidc } = settings();
  if (!oidc) return null;
  try {
    const { end_session_endpoint: endpoint } = await providerMetadata(oidc.issuer);
    if (endpoint === undefined) return null;
    const address = new URL(endpoint);
    address.searchParams.set("client_id", oidc.clientId);
    address.searchParams.set("post_logout_redirect_uri", returnTo);
    return address.href;
  } catch (error) {
    log.warn({ err: error }, "the identity provider does not say where one signs out");
    return null;
  }
}
