import type { Metadata } from "next";
import { ownPath } from "@/lib/access/own-path";
import { settings } from "@/lib/server/settings";
import { findDemoAccounts } from "./demo-accounts";
import { SignIn } from "./sign-in";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { readonly searchParams: Promise<{ from?: string | string[]; error?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { from, error } = await searchParams;
  return (
    <SignIn
      returnTo={ownPath(typeof from === "string" ? from : undefined)}
      demoAccounts={await findDemoAccounts()}
      singleSignOn={settings().oidc !== undefined}
      refused={typeof error === "string" ? error : null}
    />
  );
}
