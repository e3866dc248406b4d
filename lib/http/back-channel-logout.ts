import { endSessionsOfSubject } from "../access/server/end-sessions";
import { verifyLogoutToken } from "../access/server/verify-logout-token";
import { isDomainError } from "../errors";
import { database } from "../server/database";
import { log } from "../server/log";
import { settings } from "../server/settings";
import { readText } from "./read-body";

const mostBytes = 16 * 1024;

/** The identity provider says that somebody signed out there: OpenID Connect Back-Channel Logout 1.0, 2.5 and 2.8. */
export async function backChannelLogout(request: Request): Promise<Response> {
  const { oidc } = settings();
  if (!oidc) return answer(404, "There is no single sign-on here.");
  try {
    const now = new Date();
    const token = new URLSearchParams(await readText(request, mostBytes)).get("logout_token");
    if (token === null) return answer(400, "A logout_token is needed, form-encoded.");
    await endSessionsOfSubject(database(), { oidc, token: await verifyLogoutToken(oidc, token, now), now });
    return new Response(null, { status: 200, headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (isDomainError(error)) return answer(400, error.message);
    log.error({ err: error }, "a logout from the identity provider failed");
    return answer(503, "The sessions could not be ended now. Send it again.");
  }
}

function answer(status: number, description: string): Response {
  const body = { error: "invalid_request", error_description: description };
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}
