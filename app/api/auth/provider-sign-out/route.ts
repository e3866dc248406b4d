import { providerSignOutAddress } from "@/lib/access/server/provider-sign-out";
import { ownAddress } from "@/lib/http/own-address";

export async function GET(request: Request): Promise<Response> {
  const signIn = ownAddress(request, "/sign-in");
  const location = (await providerSignOutAddress(signIn)) ?? signIn;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
