import type { Metadata } from "next";
import { settings } from "@/lib/server/settings";
import { findDemoAccounts } from "./demo-accounts";
import { SignIn } from "./sign-in";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { readonly searchParams: Promise<{ from?: string | string[]; error?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { from, error } = await searchParams;
  return (
    <SignIn
      returnTo={ownPath(from)}
      demoAccounts={await findDemoAccounts()}
      singleSignOn={settings().oidc !== undefined}
      refused={typeof error === "string" ? error : null}
    />
  );
}

/** Only a path of this site; anything else would make the sign-in an open redirect. */
function ownPath(from: string | string[] | undefined): string {
  return typeof from === "string" && /^\/(?![/\\])/.test(from) ? from : "/";
}
