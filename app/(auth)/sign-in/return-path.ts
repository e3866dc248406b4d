import { cookies } from "next/headers";
import { ownPath } from "@/lib/access/own-path";

/** Where next-auth keeps the address that a sign-in leads to, while somebody is at the identity provider. */
const cookieNames = ["__Secure-next-auth.callback-url", "next-auth.callback-url"];

/** Where a sign-in leads: as the page's address says, or after a sign-in that failed, where that one would have led. */
export async function returnPath(from: string | undefined, failed: boolean): Promise<string> {
  if (from !== undefined || !failed) return ownPath(from);
  const kept = await cookies();
  const address = cookieNames.map((name) => kept.get(name)?.value).find((value) => value !== undefined);
  if (address === undefined || !URL.canParse(address)) return ownPath(address);
  const { pathname, search } = new URL(address);
  return pathname === "/sign-in" ? "/" : ownPath(pathname + search);
}
